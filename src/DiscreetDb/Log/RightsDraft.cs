using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>
/// Changes of a room's definition that have no place in a log yet. Ids of entries follow from their place, so operations on
/// an authorisation that is added among them name it by a stand-in.
/// </summary>
internal sealed class RightsDraft
{
    private readonly List<RightsOperation> _operations = [];

    public IReadOnlyList<RightsOperation> Operations => _operations;

    /// <summary>Adds an operation; returns its index.</summary>
    public int Add(RightsOperation operation)
    {
        _operations.Add(operation);
        return _operations.Count - 1;
    }

    /// <summary>Adds an authorisation; returns what names it until it has an id.</summary>
    public Uid AddAuthorisation(string name)
    {
        Uid standIn = StandInOf(_operations.Count);
        _operations.Add(new RightsOperation.AddAuthorisation(standIn, name));
        return standIn;
    }

    /// <summary>What stands for the id of the entry with this index. An id that is derived begins with a date, never with these bytes.</summary>
    public static Uid StandInOf(int index)
    {
        Span<byte> bytes = stackalloc byte[Uid.SizeBytes];
        bytes.Fill(0xFF);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[12..], index);
        return new Uid(bytes);
    }
}
