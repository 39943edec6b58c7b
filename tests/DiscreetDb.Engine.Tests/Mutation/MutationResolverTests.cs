using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Mutation;

namespace DiscreetDb.EngineTests.Mutation;

public sealed class MutationResolverTests
{
    [Theory]
    [InlineData(
        """mutate { harbour.Owner { nick: "ann" } }""",
        """(mutate (harbour.Owner (insert harbour.Owner (set nick "ann") (set country "Côte d'Ivoire"))))""")]
    [InlineData(
        "mutate { a: harbour.Boat { id: $boat crew: 4 photo: null } }",
        "(mutate (a (existing harbour.Boat $boat (set crew 4) (set photo null))))")]
    [InlineData(
        "mutate { harbour.Boat { id: $boat home: null owners: null } }",
        "(mutate (harbour.Boat (existing harbour.Boat $boat (clear home) (clear owners))))")]
    [InlineData(
        """mutate { harbour.Boat { id: $boat owners: [{ id: $ann }, { id: $ann nick: "x" }] home: { id: $berth } } }""",
        """(mutate (harbour.Boat (existing harbour.Boat $boat (link owners (existing harbour.Owner $ann) (existing harbour.Owner $ann (set nick "x"))) (refer home (existing harbour.Berth $berth)))))""")]
    [InlineData("mutate { harbour.Boat { id: $boat room_id: $r } }", "(mutate (harbour.Boat (existing harbour.Boat $boat (move $r))))")]
    [InlineData("mutate { HARBOUR.Berth { code: $c } }", "(mutate (HARBOUR.Berth (insert harbour.Berth (set code $c) (set dues 0))))")]
    [InlineData("mutate { Memo { text: $t _binary: null } }", "(mutate (Memo (insert Memo (set text $t) (set _binary null))))")]
    public void A_document_becomes_a_plan_in_the_order_of_its_text(string text, string plan)
    {
        Assert.Equal(plan, Resolve(text).ToString());
    }

    [Fact]
    public void New_rows_take_the_room_of_the_nearest_object_that_names_one()
    {
        MutationPlan plan = Resolve(
            """
            mutate { harbour.Boat { room_id: $r name: "a"
                                    home: { code: "b" }
                                    owners: [{ id: $o }]
                                    sisters: [{ id: $s sisters: [{ name: "c" }] },
                                              { room_id: null name: "d" home: { code: "e" } }] } }
            """);

        string text = plan.ToString();
        Assert.Contains("(insert harbour.Boat (room $r) (set name \"a\")", text, StringComparison.Ordinal);
        Assert.Contains("(insert harbour.Berth (room $r) (set code \"b\")", text, StringComparison.Ordinal);
        Assert.Contains("(insert harbour.Boat (room $r) (set name \"c\")", text, StringComparison.Ordinal);
        Assert.Contains("(insert harbour.Boat (room null) (set name \"d\")", text, StringComparison.Ordinal);
        Assert.Contains("(insert harbour.Berth (room null) (set code \"e\")", text, StringComparison.Ordinal);
        Assert.Contains("(existing harbour.Owner $o)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_room_named_after_a_nested_object_is_handed_down_to_it()
    {
        MutationPlan plan = Resolve("""mutate { harbour.Boat { home: { code: "b" } name: "a" room_id: $r } }""");

        Assert.Contains("(insert harbour.Berth (room $r)", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_row_hands_its_room_down_and_no_other_room_reaches_it()
    {
        MutationPlan plan = Resolve("""mutate { harbour.Boat { name: "a" room_id: $r sisters: [{ id: $s room_id: $q home: { code: "b" } }] } }""");

        Assert.Contains("(existing harbour.Boat $s (move $q) (refer home (insert harbour.Berth (room $q)", plan.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""mutate { nowhere.Boat { name: "a" } }""", ErrorCode.NamespaceNotFound, "nowhere.Boat")]
    [InlineData("""mutate { harbour.Boot { name: "a" } }""", ErrorCode.EntityNotFound, "harbour.Boot")]
    [InlineData("""mutate { harbour.boat { name: "a" } }""", ErrorCode.EntityNotFound, "harbour.boat")]
    [InlineData("""mutate { Boat { name: "a" } }""", ErrorCode.EntityNotFound, "Boat")]
    [InlineData("""mutate { harbour.Boat { name: "a" colour: "red" } }""", ErrorCode.FieldNotFound, "colour")]
    [InlineData("""mutate { harbour.Boat { Name: "a" } }""", ErrorCode.FieldNotFound, "Name")]
    [InlineData("""mutate { harbour.Boat { name: "a" _other: 1 } }""", ErrorCode.FieldNotFound, "_other")]
    [InlineData("""mutate { harbour.Boat { name: "a" name: "b" } }""", ErrorCode.DuplicateField, "name")]
    [InlineData("""mutate { harbour.Boat { id: $a id: $b crew: 1 } }""", ErrorCode.DuplicateField, "id")]
    [InlineData("""mutate { _a: harbour.Boat { name: "a" } }""", ErrorCode.InvalidName, "_a")]
    [InlineData("""mutate { Memo { text: "a" } Memo { text: "b" } }""", ErrorCode.DuplicateKey, "Memo")]
    [InlineData("""mutate { a: Memo { text: "a" } a: harbour.Berth { code: "b" } }""", ErrorCode.DuplicateKey, "a")]
    [InlineData("""mutate { harbour.Boat { crew: 3 } }""", ErrorCode.MissingRequiredField, "harbour.Boat")]
    [InlineData("""mutate { harbour.Boat { name: "a" home: { dues: 3 } } }""", ErrorCode.MissingRequiredField, "{ dues: 3 }")]
    [InlineData("""mutate { harbour.Boat { name: "a" crew: 1.5 } }""", ErrorCode.InvalidFieldType, "1.5")]
    [InlineData("""mutate { harbour.Boat { name: 5 } }""", ErrorCode.InvalidFieldType, "5")]
    [InlineData("""mutate { harbour.Boat { name: true } }""", ErrorCode.InvalidFieldType, "true")]
    [InlineData("""mutate { harbour.Boat { name: "a" insured: 1 } }""", ErrorCode.InvalidFieldType, "1")]
    [InlineData("""mutate { harbour.Boat { name: "a" insured: "true" } }""", ErrorCode.InvalidFieldType, "\"true\"")]
    [InlineData("""mutate { harbour.Boat { name: [{ a: "x" }] } }""", ErrorCode.InvalidFieldType, "[{ a: \"x\" }]")]
    [InlineData("""mutate { harbour.Boat { name: { a: "x" } } }""", ErrorCode.InvalidFieldType, "{ a: \"x\" }")]
    [InlineData("""mutate { harbour.Boat { name: "a" papers: 5 } }""", ErrorCode.InvalidFieldType, "5")]
    [InlineData("""mutate { harbour.Boat { name: "a" papers: "oops" } }""", ErrorCode.InvalidJson, "\"oops\"")]
    [InlineData("""mutate { harbour.Boat { name: "a" papers: "{\"a\":1,\"a\":2}" } }""", ErrorCode.InvalidJson, null)]
    [InlineData("""mutate { harbour.Boat { name: "a" photo: "QQ==" } }""", ErrorCode.InvalidBase64, "\"QQ==\"")]
    [InlineData("""mutate { harbour.Boat { name: "a" photo: "QR" } }""", ErrorCode.InvalidBase64, "\"QR\"")]
    [InlineData("""mutate { harbour.Boat { name: "a" home: $b } }""", ErrorCode.InvalidFieldType, "$b")]
    [InlineData("""mutate { harbour.Boat { name: "a" owners: $b } }""", ErrorCode.InvalidFieldType, "$b")]
    [InlineData("""mutate { harbour.Boat { name: "a" home: "x" } }""", ErrorCode.InvalidFieldType, "\"x\"")]
    [InlineData("""mutate { harbour.Boat { name: "a" owners: 5 } }""", ErrorCode.InvalidFieldType, "5")]
    [InlineData("""mutate { harbour.Boat { name: "a" owners: { nick: "x" } } }""", ErrorCode.InvalidFieldType, "{ nick: \"x\" }")]
    [InlineData("""mutate { harbour.Boat { name: "a" home: [{ code: "x" }] } }""", ErrorCode.InvalidFieldType, "[{ code: \"x\" }]")]
    [InlineData("""mutate { harbour.Boat { name: null } }""", ErrorCode.NotNullable, "null")]
    [InlineData("""mutate { harbour.Boat { name: "a" crew: null } }""", ErrorCode.NotNullable, "null")]
    [InlineData("""mutate { harbour.Boat { id: null crew: 1 } }""", ErrorCode.InvalidId, "null")]
    [InlineData("""mutate { harbour.Boat { id: "QUJD" crew: 1 } }""", ErrorCode.InvalidId, "\"QUJD\"")]
    [InlineData("""mutate { harbour.Boat { id: 5 crew: 1 } }""", ErrorCode.InvalidFieldType, "5")]
    [InlineData("""mutate { harbour.Boat { name: "a" room_id: "QUJD" } }""", ErrorCode.InvalidId, "\"QUJD\"")]
    [InlineData("""mutate { harbour.Boat { name: "a" cdate: 5 } }""", ErrorCode.FieldNotWritable, "cdate")]
    [InlineData("""mutate { harbour.Boat { name: "a" mdate: 5 } }""", ErrorCode.FieldNotWritable, "mdate")]
    [InlineData("""mutate { harbour.Boat { name: "a" verifying_key: "QUJD" } }""", ErrorCode.FieldNotWritable, "verifying_key")]
    [InlineData("""mutate { harbour.Boat { name: "a" _signature: "QUJD" } }""", ErrorCode.FieldNotWritable, "_signature")]
    [InlineData("""mutate { harbour.Boat { name: "a" _entity: "x" } }""", ErrorCode.FieldNotWritable, "_entity")]
    [InlineData("""mutate { harbour.Boat { name: "a" _json: "{}" } }""", ErrorCode.FieldNotWritable, "_json")]
    [InlineData("""mutate { harbour.Boat { name: "a" sys_peer: { name: "x" } } }""", ErrorCode.FieldNotWritable, "sys_peer")]
    [InlineData("""mutate { harbour.Boat { name: "a" sys_room: { id: $r } } }""", ErrorCode.FieldNotWritable, "sys_room")]
    [InlineData("""mutate { harbour.Boat { name: $v crew: $v } }""", ErrorCode.ConflictingVariableType, "$v")]
    [InlineData("""mutate { harbour.Boat { name: $v crew: 1 length: $w } x: harbour.Boat { name: "b" crew: $w } }""", ErrorCode.ConflictingVariableType, "$w")]
    [InlineData("""mutate { harbour.Boat { name: $v } harbour.Owner { nick: $v } }""", ErrorCode.ConflictingVariableType, "$v")]
    [InlineData("""mutate { harbour.Boat { id: $r room_id: $r } }""", ErrorCode.ConflictingVariableType, "$r")]
    [InlineData("""mutate { sys.Authorisation { name: "x" } }""", ErrorCode.InvalidAuthorisationMutation, "sys.Authorisation")]
    [InlineData("""mutate { SYS.EntityRight { entity: "*" mutate_self: true mutate_all: true } }""", ErrorCode.InvalidAuthorisationMutation, "SYS.EntityRight")]
    [InlineData("""mutate { Sys.UserAuth { id: $x } }""", ErrorCode.InvalidAuthorisationMutation, "Sys.UserAuth")]
    [InlineData("""mutate { sys.Room { room_id: $r } }""", ErrorCode.ForbiddenRoomId, "room_id")]
    [InlineData("""mutate { sys.Room { authorisations: [{ name: "a" room_id: $r }] } }""", ErrorCode.ForbiddenRoomId, "room_id")]
    [InlineData("""mutate { sys.Room { id: $r admin: [{ id: $x enabled: false }] } }""", ErrorCode.UpdateNotAllowed, "id")]
    [InlineData("""mutate { sys.Room { id: $r authorisations: [{ id: $a rights: [{ id: $x mutate_self: false }] }] } }""", ErrorCode.UpdateNotAllowed, "id")]
    [InlineData("""mutate { sys.Room { id: $r admin: null } }""", ErrorCode.CannotRemove, "null")]
    [InlineData("""mutate { sys.Room { id: $r authorisations: [{ id: $a users: null }] } }""", ErrorCode.CannotRemove, "null")]
    [InlineData("""mutate { sys.Peer { pub_key: "QUJD" name: "x" } }""", ErrorCode.AuthorisationRejected, "sys.Peer")]
    [InlineData("""mutate { sys.Peer { id: $x pub_key: "QUJD" } }""", ErrorCode.FieldNotWritable, "pub_key")]
    [InlineData("""mutate { sys.Device { name: "x" } }""", ErrorCode.AuthorisationRejected, "sys.Device")]
    [InlineData("""mutate { sys.Device { id: $x room_id: null } }""", ErrorCode.ForbiddenRoomId, "room_id")]
    [InlineData("""mutate { sys.Rejection { id: $x reason: "x" } }""", ErrorCode.AuthorisationRejected, "sys.Rejection")]
    public void What_is_wrong_is_refused_with_its_code_and_place(string text, ErrorCode code, string? excerpt)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(() => Resolve(text));

        Assert.Equal(code, error.Code);
        Assert.NotNull(error.Location);
        if (excerpt is not null)
        {
            Assert.Equal(excerpt, error.Location.Value.Excerpt);
        }
    }

    [Theory]
    [InlineData("""mutate { harbour.Boat { name: "a" home: $b } }""", "{ id: $b }")]
    [InlineData("""mutate { harbour.Boat { name: "a" owners: $b } }""", "[{ id: $b }]")]
    [InlineData("""mutate { harbour.Boot { name: "a" } }""", "did you mean `Boat`")]
    [InlineData("""mutate { harbor.Boat { name: "a" } }""", "did you mean `harbour`")]
    [InlineData("""mutate { harbour.Boat { nmae: "a" } }""", "did you mean `name`")]
    [InlineData("""mutate { harbour.Boat { crew: 1 } }""", "`name`")]
    public void A_message_says_what_to_do(string text, string hint)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(() => Resolve(text));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_location_counts_lines_and_columns_from_one()
    {
        DiscreetException error = Assert.Throws<DiscreetException>(() => Resolve("mutate {\n  Memo { text: 5 }\n}"));

        Assert.Equal(new SourceLocation(2, 16, "5"), error.Location);
    }

    [Theory]
    [InlineData("mutate { harbour.Boat { id: $b }  x: harbour.Boat { id: $b crew: 4 } }")]
    [InlineData("""mutate { x: harbour.Boat { name: "a" papers: "[1]" photo: "" length: 3 crew: 9223372036854775807 } }""")]
    [InlineData("mutate { sys.Peer { id: $me name: \"Zoe\" } }")]
    [InlineData("mutate { sys.Device { id: $d status: \"disabled\" } }")]
    [InlineData("mutate { sys.AllowedPeer { id: $d status: \"disabled\" peer: { id: $p } } }")]
    [InlineData("mutate { sys.Room { } }")]
    [InlineData("mutate { SYS.Room { id: $r authorisations: [{ id: $a name: \"b\" users: [{ verif_key: $bo enabled: false }] }] } }")]
    public void What_is_right_is_accepted(string text)
    {
        Assert.NotEmpty(Resolve(text).Roots);
    }

    [Fact]
    public void A_room_definition_is_noticed_and_a_reference_to_a_room_is_none()
    {
        Assert.NotNull(Resolve("mutate { sys.Room { } }").RoomDefinition);
        Assert.Null(Resolve("""mutate { harbour.Boat { name: "a" room_id: $r } }""").RoomDefinition);
    }

    private static MutationPlan Resolve(string text) =>
        MutationResolver.Resolve(DialectParser.ParseMutation(Encoding.UTF8.GetBytes(text)), HarbourModel.Tables);
}
