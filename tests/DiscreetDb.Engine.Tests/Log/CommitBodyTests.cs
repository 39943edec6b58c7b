using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.EngineTests.Log;

public sealed class CommitBodyTests(ITestOutputHelper output)
{
    private static readonly DataModel Model = DataModelBuilder.Build(LogPeer.Model, 1);
    private static readonly Entity Boat = Model.FindCanonical("harbour.Boat")!;
    private static readonly Entity Owner = Model.FindCanonical("harbour.Owner")!;
    private static readonly CommitPosition Position = new(Uid.Zero, Uid.Zero, CommitKind.Data, 1, Hlc.FromMilliseconds(1_000));

    [Fact]
    public void What_is_built_reads_back()
    {
        CommitBody built = Example();

        CommitBody read = Decode(built.Bytes.ToArray());

        Assert.Equal(["harbour.Boat", "name", "crew", "harbour.Owner", "owners"], read.Names.ToArray());
        Assert.Equal(
            [OperationKind.Insert, OperationKind.Update, OperationKind.Insert, OperationKind.Link, OperationKind.Delete],
            read.Operations.ToArray().Select(operation => operation.Kind));
        Assert.Equal(built.Operations.ToArray(), read.Operations.ToArray());
        Assert.Equal(built.ComputeRoot(), read.ComputeRoot());
        Assert.Equal([("name", "Aria"), ("crew", "3")], ValuesOf(read, 0));
        Assert.True(read.TryReadLink(read.Operations[3], out string? field, out Uid target));
        Assert.Equal("owners", field);
        Assert.Equal(RowId.Derive(Position, 2), target);
    }

    [Fact]
    public void Row_ids_begin_with_their_time_and_differ_by_place()
    {
        Uid first = RowId.Derive(Position, 0);

        Assert.Equal([0, 0, 0, 0, 0x03, 0xE8], first.ToByteArray()[..6]);
        Assert.NotEqual(first, RowId.Derive(Position, 1));
        Assert.NotEqual(first, RowId.Derive(Position with { Sequence = 2 }, 0));
        Assert.NotEqual(first, RowId.Derive(Position with { Room = new Uid([1, .. new byte[15]]) }, 0));
        Assert.NotEqual(first, RowId.Derive(Position with { Device = new Uid([1, .. new byte[15]]) }, 0));
    }

    [Fact]
    public void Erased_values_leave_the_root_as_it_was()
    {
        CommitBody body = Example();
        Uid row = body.Operations[0].Row;

        CommitBody erased = Decode(body.Erase(new HashSet<Uid> { row }).Bytes.ToArray());

        Assert.Equal(body.ComputeRoot(), erased.ComputeRoot());
        Assert.Equal([true, true, false, true, false], erased.Operations.ToArray().Select(operation => operation.IsErased));
        Assert.Empty(ValuesOf(erased, 0));
        Assert.False(erased.TryReadLink(erased.Operations[3], out _, out _));
        Assert.Equal(body.ComputeOperationHash(1), erased.ComputeOperationHash(1));
        Assert.Same(erased, erased.Erase(new HashSet<Uid> { row }));
    }

    [Fact]
    public void Every_part_is_covered_by_the_root()
    {
        CommitBody body = Example();
        HashSet<Hash256> roots = [body.ComputeRoot()];
        for (int i = 1; i < body.Bytes.Length; i++)
        {
            byte[] altered = body.Bytes.ToArray();
            altered[i] ^= 1;
            if (CommitBody.TryDecode(altered, Position, out CommitBody? other, out _))
            {
                Assert.True(roots.Add(other.ComputeRoot()), $"Byte {i} is not covered.");
            }
        }

        Assert.True(roots.Count > 20);
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        byte[] bytes = Example().Bytes.ToArray();

        for (int size = 0; size < bytes.Length; size++)
        {
            Assert.False(CommitBody.TryDecode(bytes.AsMemory(0, size), Position, out _, out CommitFault fault));
            Assert.Equal(CommitFault.Malformed, fault);
        }

        Assert.False(CommitBody.TryDecode((byte[])[.. bytes, 0], Position, out _, out _));
    }

    [Theory]
    [InlineData("02 00 00", "UnknownVersion")]
    [InlineData("01 00 00", "Malformed")] // no operation
    [InlineData("01 01 01 61 00", "Malformed")] // no operation, a name
    [InlineData("01 01 01 61 01 01 00 00", "None")] // an insert without values
    [InlineData("01 02 01 61 01 62 01 01 00 00", "Malformed")] // a name that is not used
    [InlineData("01 02 01 61 01 61 01 01 00 01 01 00", "Malformed")] // a name twice
    [InlineData("01 02 01 61 01 62 01 01 01 01 00 00", "Malformed")] // names out of order
    [InlineData("01 02 01 61 01 62 01 01 00 01 01 00", "None")] // one value, null
    [InlineData("01 02 01 61 01 62 01 01 00 02 01 00 01 00", "Malformed")] // a field twice
    [InlineData("01 01 00 01 01 00 00", "Malformed")] // an empty name
    [InlineData("01 01 01 00 01 01 00 00", "Malformed")] // a name with U+0000
    [InlineData("01 01 01 ff 01 01 00 00", "Malformed")] // a name that is not UTF-8
    [InlineData("01 01 01 61 01 00 00 00", "UnknownOperation")]
    [InlineData("01 01 01 61 01 06 00 00", "UnknownOperation")]
    [InlineData("01 01 01 61 01 01 01 00", "Malformed")] // entity beyond the names
    [InlineData("01 02 01 61 01 62 01 01 00 01 01 01 02", "Malformed")] // a boolean that is neither
    [InlineData("01 02 01 61 01 62 01 01 00 01 01 02 80 00", "Malformed")] // an over-long integer
    [InlineData("01 02 01 61 01 62 01 01 00 01 01 03 00 00 00 00 00 00 00 80", "Malformed")] // −0.0
    [InlineData("01 02 01 61 01 62 01 01 00 01 01 03 00 00 00 00 00 00 f8 7f", "Malformed")] // NaN
    [InlineData("01 02 01 61 01 62 01 01 00 01 01 04 01 ff", "Malformed")] // a text that is not UTF-8
    [InlineData("01 81 00 01 61 01 01 00 00", "Malformed")] // an over-long count
    [InlineData("01 ff ff ff ff 0f 01 61", "Malformed")] // more names than bytes
    [InlineData("01 01 01 61 ff ff 03", "Malformed")] // more operations than a commit may have
    [InlineData("01 01 01 61 01 02 00 00000000000000000000000000000000 00", "Malformed")] // an update of nothing
    [InlineData("01 01 01 61 01 83 00 00000000000000000000000000000000", "Malformed")] // an erased deletion
    [InlineData("01 01 01 61 01 03 00 00000000000000000000000000000000", "None")]
    public void Only_what_an_encoder_writes_is_read(string hex, string expected)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

        bool isRead = CommitBody.TryDecode(bytes, Position, out CommitBody? body, out CommitFault fault);

        Assert.Equal(expected, fault.ToString());
        Assert.Equal(expected == nameof(CommitFault.None), isRead);
        Assert.Equal(isRead, body is not null);
    }

    [Fact]
    public void A_rights_log_holds_no_data_operations() =>
        Assert.False(CommitBody.TryDecode(Example().Bytes, Position with { Kind = CommitKind.Rights }, out _, out _));

    [Fact]
    public void Mutated_bytes_are_refused_or_are_the_one_encoding_of_what_they_say()
    {
        SeededRandom random = new();
        output.WriteLine(random.ToString());
        int accepted = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = Mutate(Random(random).Bytes.ToArray(), random);
            if (CommitBody.TryDecode(bytes, Position, out CommitBody? body, out CommitFault fault))
            {
                accepted++;
                Assert.Equal(bytes, Encode(body));
                body.ComputeRoot();
            }
            else
            {
                Assert.NotEqual(CommitFault.None, fault);
            }
        }

        output.WriteLine($"{accepted} accepted");
        Assert.True(accepted > 100);
    }

    [Fact]
    public void An_operation_beyond_the_bounds_of_a_commit_leaves_no_trace()
    {
        using CommitBodyBuilder builder = new();
        for (int i = 0; i < Limits.CommitOperationCount; i++)
        {
            Assert.True(builder.TryInsert(Owner, RowId.Derive(Position, i), []));
        }

        Assert.False(builder.TryInsert(Boat, RowId.Derive(Position, 1_000), [new FieldAssignment(Boat.FindField("name")!, Value.Text("x"))]));

        CommitBody body = Decode(builder.Build().Bytes.ToArray());
        Assert.Equal(["harbour.Owner"], body.Names.ToArray());
        Assert.Equal(Limits.CommitOperationCount, body.Operations.Length);
    }

    [Fact]
    public void Values_are_in_one_order_whatever_the_order_they_were_given_in()
    {
        FieldAssignment name = new(Boat.FindField("name")!, Value.Text("Aria"));
        FieldAssignment crew = new(Boat.FindField("crew")!, Value.Integer(3));
        using CommitBodyBuilder builder = new();
        builder.TryInsert(Boat, RowId.Derive(Position, 0), [name, crew]);
        builder.TryInsert(Boat, RowId.Derive(Position, 1), [crew, name]);

        CommitBody body = Decode(builder.Build().Bytes.ToArray());

        Assert.Equal(ValuesOf(body, 0), ValuesOf(body, 1));
    }

    private static CommitBody Example()
    {
        Uid boat = RowId.Derive(Position, 0);
        Uid owner = RowId.Derive(Position, 2);
        using CommitBodyBuilder builder = new();
        builder.TryInsert(Boat, boat, [new FieldAssignment(Boat.FindField("name")!, Value.Text("Aria")), new FieldAssignment(Boat.FindField("crew")!, Value.Integer(3))]);
        builder.TryUpdate(Boat, boat, [new FieldAssignment(Boat.FindField("crew")!, Value.Integer(4))]);
        builder.TryInsert(Owner, owner, []);
        builder.TryLink(OperationKind.Link, Boat, boat, Boat.FindField("owners")!, owner);
        builder.TryDelete(Owner, owner);
        return builder.Build();
    }

    private static CommitBody Decode(byte[] bytes)
    {
        Assert.True(CommitBody.TryDecode(bytes, Position, out CommitBody? body, out CommitFault fault), fault.ToString());
        return body;
    }

    private static List<(string Name, string Value)> ValuesOf(CommitBody body, int index)
    {
        List<(string, string)> values = [];
        FieldValueReader reader = body.ReadValues(body.Operations[index]);
        while (reader.TryRead(out int name, out Value value))
        {
            values.Add((body.Names[name], value.ToString()));
        }

        return values;
    }

    private static CommitBody Random(SeededRandom random)
    {
        using CommitBodyBuilder builder = new();
        HashSet<Uid> erased = [];
        for (int i = random.Between(1, 4); i > 0; i--)
        {
            Uid row = random.Chance(40) ? RowId.Derive(Position, builder.OperationCount) : new Uid(random.Bytes(16));
            Entity entity = random.Chance(50) ? Boat : Owner;
            Field[] fields = [.. entity.Fields.Where(field => field.Type != FieldType.Links)];
            FieldAssignment[] values = [.. random.Some(fields, random.Between(1, fields.Length)).Select(field => new FieldAssignment(field, AnyValue(random)))];
            bool isAdded = random.Below(4) switch
            {
                0 => builder.TryInsert(entity, RowId.Derive(Position, builder.OperationCount), values),
                1 => builder.TryUpdate(entity, row, values),
                2 => builder.TryDelete(entity, row),
                _ => builder.TryLink(OperationKind.Link, Boat, row, Boat.FindField("owners")!, new Uid(random.Bytes(16))),
            };
            if (isAdded && random.Chance(20))
            {
                erased.Add(row);
            }
        }

        return builder.Build().Erase(erased);
    }

    private static Value AnyValue(SeededRandom random) => random.Below(8) switch
    {
        0 => Value.Null,
        1 => Value.Boolean(random.Chance(50)),
        2 => Value.Integer(random.AnyInt64() >> random.Below(63)),
        3 => Value.Float(random.Fraction() - 0.5),
        4 => Value.Text("añ" + random.Below(10)),
        5 => Value.Bytes(random.Bytes(random.Below(20))),
        6 => Value.Reference(new Uid(random.Bytes(16))),
        _ => Value.Text(string.Empty),
    };

    private static byte[] Mutate(byte[] bytes, SeededRandom random)
    {
        for (int i = random.Between(0, 2); i > 0 && bytes.Length > 1; i--)
        {
            int at = random.Below(bytes.Length);
            switch (random.Below(5))
            {
                case 0:
                    bytes[at] = (byte)random.Below(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
                case 2:
                    bytes[at]++;
                    break;
                case 3:
                    bytes = [.. bytes[..at], (byte)random.Below(256), .. bytes[at..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[(at + 1)..]];
                    break;
            }
        }

        return bytes;
    }

    // The layout of schema/wire.md, written a second time.
    private static byte[] Encode(CommitBody body)
    {
        using WireWriter writer = new();
        writer.WriteByte(1);
        writer.WriteVarUInt((ulong)body.Names.Length);
        foreach (string name in body.Names)
        {
            writer.WriteText(name);
        }

        writer.WriteVarUInt((ulong)body.Operations.Length);
        foreach (Operation operation in body.Operations)
        {
            writer.WriteByte((byte)((int)operation.Kind + (operation.IsErased ? 128 : 0)));
            writer.WriteVarUInt((ulong)operation.EntityName);
            if (operation.Kind != OperationKind.Insert)
            {
                writer.WriteUid(operation.Row);
            }

            EncodeValues(writer, body, operation);
        }

        return writer.ToArray();
    }

    private static void EncodeValues(WireWriter writer, CommitBody body, Operation operation)
    {
        if (operation.IsErased)
        {
            writer.WriteRaw(body.Bytes.Span.Slice(operation.ValuesStart, 32));
            return;
        }

        if (body.TryReadLink(operation, out string? field, out Uid target))
        {
            writer.WriteVarUInt((ulong)body.Names.IndexOf(field));
            writer.WriteUid(target);
            return;
        }

        if (operation.Kind == OperationKind.Delete)
        {
            return;
        }

        List<(int Name, Value Value)> values = [];
        FieldValueReader reader = body.ReadValues(operation);
        while (reader.TryRead(out int name, out Value value))
        {
            values.Add((name, value));
        }

        writer.WriteVarUInt((ulong)values.Count);
        foreach ((int name, Value value) in values)
        {
            writer.WriteVarUInt((ulong)name);
            writer.WriteValue(value);
        }
    }
}
