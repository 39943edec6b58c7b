namespace DiscreetDb.Network;

/// <summary>A frame that was read, or why there is none.</summary>
/// <param name="Status">The other two hold something only for a frame.</param>
/// <param name="Type">As the peer wrote it; perhaps unknown.</param>
/// <param name="Bytes">The whole frame, size and type included; valid until the next one is read.</param>
/// <param name="Body">Its end, behind size and type.</param>
internal readonly record struct Frame(FrameReadStatus Status, FrameType Type, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Body);
