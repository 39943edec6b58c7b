using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DiscreetDb.Core;

/// <summary>
/// Every signature of the engine (schema/wire.md "Signatures"): over <c>"discreet/v1/&lt;kind&gt;\0" ‖ length (u64) ‖
/// canonical bytes</c>. The kind keeps the purposes apart, the length ends the content, so no signature can be used for
/// other bytes.
/// </summary>
internal static class DomainSignature
{
    private const int StackSizeBytes = 512;

    public static void Sign(SigningKey key, SignedKind kind, ReadOnlySpan<byte> canonical, Span<byte> signature)
    {
        int size = MessageSize(kind, canonical);
        byte[]? rented = size > StackSizeBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[StackSizeBytes];
        key.Sign(Compose(kind, canonical, buffer), signature);
        Return(rented);
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, SignedKind kind, ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> signature)
    {
        int size = MessageSize(kind, canonical);
        byte[]? rented = size > StackSizeBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[StackSizeBytes];
        bool isValid = Ed25519.Verify(publicKey, Compose(kind, canonical, buffer), signature);
        Return(rented);
        return isValid;
    }

    private static ReadOnlySpan<byte> Domain(SignedKind kind) => kind switch
    {
        SignedKind.Commit => "discreet/v1/commit\0"u8,
        SignedKind.Certificate => "discreet/v1/certificate\0"u8,
        SignedKind.Handshake => "discreet/v1/handshake\0"u8,
        SignedKind.Announcement => "discreet/v1/announcement\0"u8,
        SignedKind.Invitation => "discreet/v1/invitation\0"u8,
        _ => throw new UnreachableException(),
    };

    private static int MessageSize(SignedKind kind, ReadOnlySpan<byte> canonical) =>
        checked(Domain(kind).Length + sizeof(ulong) + canonical.Length);

    // libsodium signs one contiguous message.
    private static ReadOnlySpan<byte> Compose(SignedKind kind, ReadOnlySpan<byte> canonical, Span<byte> buffer)
    {
        ReadOnlySpan<byte> domain = Domain(kind);
        domain.CopyTo(buffer);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer[domain.Length..], (ulong)canonical.Length);
        canonical.CopyTo(buffer[(domain.Length + sizeof(ulong))..]);
        return buffer[..MessageSize(kind, canonical)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
