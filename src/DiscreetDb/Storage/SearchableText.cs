using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace DiscreetDb.Storage;

/// <summary>
/// The full text of a row (dialect §3.4), folded: its values one after the other, parted by line feeds. Terms hold no white
/// space, so no term is found across two values.
/// </summary>
internal sealed class SearchableText
{
    private const int JsonDepth = 256;

    private readonly ArrayBufferWriter<byte> _text = new(1_024);
    private readonly ArrayBufferWriter<byte> _value = new(1_024);

    /// <summary>Reads the columns of the current row from <paramref name="firstColumn" /> on. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(Statement row, int firstColumn, ImmutableArray<SearchableColumn> columns)
    {
        _text.ResetWrittenCount();
        for (int i = 0; i < columns.Length; i++)
        {
            int column = firstColumn + i;
            if (!row.IsNull(column))
            {
                Append(row, column, columns[i].Kind);
            }
        }

        return _text.WrittenSpan;
    }

    private void Append(Statement row, int column, SearchableKind kind)
    {
        switch (kind)
        {
            case SearchableKind.String:
                AppendValue(row.GetText(column));
                break;
            case SearchableKind.Json:
                AppendStrings(row.GetText(column));
                break;
            case SearchableKind.Base64:
                ReadOnlySpan<byte> bytes = row.GetBlob(column);
                _value.ResetWrittenCount();
                _value.Advance(Base64Url.Encode(bytes, _value.GetSpan(Base64Url.GetTextLength(bytes.Length))));
                AppendValue(_value.WrittenSpan);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A text that is not JSON has no strings; what stands before the fault counts.</summary>
    private void AppendStrings(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = JsonDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    _value.ResetWrittenCount();
                    _value.Advance(reader.CopyString(_value.GetSpan(reader.ValueSpan.Length + 1)));
                    AppendValue(_value.WrittenSpan);
                }
            }
        }
        catch (JsonException)
        {
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate in an escape.
        }
    }

    private void AppendValue(ReadOnlySpan<byte> utf8)
    {
        if (_text.WrittenCount > 0)
        {
            _text.Write("\n"u8);
        }

        TextFold.Append(utf8, _text);
    }
}
