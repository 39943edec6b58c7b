using System.Buffers;

namespace DiscreetDb.Core;

internal static class JsonText
{
    /// <summary>Checks a JSON text and writes it without white space; nothing is written when it is refused.</summary>
    public static bool TryMinify(ReadOnlySpan<byte> json, IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>The same, and what is wrong with the text.</summary>
    public static bool TryMinify(ReadOnlySpan<byte> json, IBufferWriter<byte> output, out JsonFault fault) => throw new NotSupportedException();

    /// <summary>Whether the text is what <see cref="TryMinify(ReadOnlySpan{byte}, IBufferWriter{byte})" /> would write for it.</summary>
    public static bool IsMinified(ReadOnlySpan<byte> json) => throw new NotSupportedException();
}
