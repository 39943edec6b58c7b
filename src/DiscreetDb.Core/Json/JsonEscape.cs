using System.Buffers;

namespace DiscreetDb.Core;

/// <summary>Writes UTF-8 as the inside of a JSON string: only <c>"</c>, <c>\</c> and control characters are escaped (dialect.md §6.2).</summary>
internal static class JsonEscape
{
    /// <summary>The escaped text without quotes.</summary>
    public static void Write(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>The escaped text in quotes.</summary>
    public static void WriteQuoted(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output) => throw new NotSupportedException();
}
