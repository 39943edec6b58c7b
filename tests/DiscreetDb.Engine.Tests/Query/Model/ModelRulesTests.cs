using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Names, types, defaults and indexes within one text: dialect §3.2 to §3.4.</summary>
public sealed class ModelRulesTests
{
    [Theory]
    [InlineData("sys { A { x: String } }", "sys")]
    [InlineData("SYS { A { x: String } }", "SYS")]
    [InlineData("a { A { x: String } } Sys { }", "Sys")]
    [InlineData("{ @was(sys.Room) A { x: String } }", "sys.Room")]
    [InlineData("{ @was(SYS.Gone) A { x: String } }", "SYS.Gone")]
    public void The_namespace_of_the_engine_is_reserved(string text, string excerpt)
    {
        Models.Fails(ErrorCode.NamespaceReserved, excerpt, () => Models.Build(text));
    }

    [Theory]
    [InlineData("{ jSon { a: String } }", "jSon")]
    [InlineData("{ Float { a: String } }", "Float")]
    [InlineData("n { A { integer: String } }", "integer")]
    [InlineData("n { A { BASE64: String } }", "BASE64")]
    public void Nothing_is_called_like_a_scalar_type(string text, string excerpt)
    {
        Models.Fails(ErrorCode.ReservedWord, excerpt, () => Models.Build(text));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("room_id")]
    [InlineData("cdate")]
    [InlineData("mdate")]
    [InlineData("verifying_key")]
    [InlineData("_signature")]
    [InlineData("_entity")]
    [InlineData("_json")]
    [InlineData("_binary")]
    [InlineData("sys_peer")]
    [InlineData("sys_room")]
    public void No_field_is_called_like_a_system_field(string name)
    {
        Models.Fails(ErrorCode.SystemFieldConflict, name, () => Models.BuildA($"x: String, {name}: String"));
    }

    [Fact]
    public void A_field_does_not_begin_with_an_underscore_and_an_entity_may()
    {
        Models.Fails(ErrorCode.InvalidName, "_x", () => Models.BuildA("_x: String"));
        Assert.NotNull(Models.Build("{ _Hidden { x: String } }").Find(null, "_Hidden"));
    }

    [Theory]
    [InlineData("{ A { x: String } A { y: String } }")]
    [InlineData("n { A { x: String } } n { A { y: String } }")]
    [InlineData("n { A { x: String } } N { A { y: String } }")]
    public void An_entity_stands_once_in_its_namespace(string text)
    {
        DiscreetException error = Models.Fails(ErrorCode.DuplicateEntity, "A", () => Models.Build(text));

        Assert.Equal(text.LastIndexOf('A') + 1, error.Location?.Column);
    }

    [Fact]
    public void A_field_stands_once_in_its_entity()
    {
        Models.Fails(ErrorCode.DuplicateField, "x", () => Models.BuildA("x: String, x: Integer"));
        Assert.Equal(2, Models.BuildA("x: String, X: String").Fields.Length);
    }

    [Theory]
    [InlineData("n { A { b: B } B { x: String } }", "B", "did you mean `n.B`")]
    [InlineData("n { A { b: n.C } B { x: String } }", "n.C", "`n.A.b` refers to `n.C`")]
    [InlineData("n { A { b: [n.a] } }", "n.a", "did you mean `n.A`")]
    [InlineData("{ A { b: m.A } }", "m.A", "`A.b`")]
    public void A_relation_names_a_declared_entity_with_its_namespace(string text, string excerpt, string message)
    {
        DiscreetException error = Models.Fails(ErrorCode.EntityNotFound, excerpt, () => Models.Build(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relations_lead_anywhere_forwards_to_themselves_and_to_the_engine()
    {
        DataModel model = Models.Build("n { A { self: n.A, later: [N.B], peer: sys.Peer nullable } B { x: String } }");
        Entity a = Models.Entity(model, "n.A");

        Assert.Same(a, Models.Field(a, "self").Target);
        Assert.Same(Models.Entity(model, "n.B"), Models.Field(a, "later").Target);
        Assert.Same(Models.Entity(model, "sys.Peer"), Models.Field(a, "peer").Target);
        Assert.Equal([FieldType.Reference, FieldType.Links, FieldType.Reference], a.Fields.Select(field => field.Type));
    }

    [Theory]
    [InlineData("Integer", "7", "7")]
    [InlineData("Float", "7", "7")]
    [InlineData("Float", "-0.0", "0")]
    [InlineData("Float", "7.25", "7.25")]
    [InlineData("Boolean", "TRUE", "true")]
    [InlineData("String", "\"a\\nb\"", "a\nb")]
    [InlineData("Base64", "\"QUI\"", "QUI")]
    [InlineData("Base64", "\"\"", "")]
    [InlineData("Json", "\" [1, {\\\"a\\\": null}] \"", "[1,{\"a\":null}]")]
    public void A_default_is_typed(string type, string literal, string value)
    {
        Field field = Models.BuildA($"x: {type} default {literal}").Fields[0];

        Assert.Equal(value, field.Default?.ToString());
        Assert.False(field.IsRequired);
        Assert.False(field.IsNullable);
    }

    [Fact]
    public void A_default_has_the_kind_of_its_field()
    {
        Entity entity = Models.BuildA("i: Integer default 1, f: Float default 1, b: Boolean default true, s: String default \"\", d: Base64 default \"\"");

        Assert.Equal(
            [ValueKind.Integer, ValueKind.Float, ValueKind.Boolean, ValueKind.Text, ValueKind.Bytes],
            entity.Fields.Select(field => field.Default?.Kind));
    }

    [Theory]
    [InlineData("Integer", "1.5")]
    [InlineData("Integer", "1.0")]
    [InlineData("Integer", "\"1\"")]
    [InlineData("Integer", "true")]
    [InlineData("Float", "\"1.0\"")]
    [InlineData("Float", "false")]
    [InlineData("Boolean", "1")]
    [InlineData("Boolean", "\"true\"")]
    [InlineData("String", "4.0")]
    [InlineData("String", "true")]
    [InlineData("Base64", "\"QQ==\"")]
    [InlineData("Base64", "\"QR\"")]
    [InlineData("Base64", "\"a b\"")]
    [InlineData("Base64", "5")]
    [InlineData("Json", "\"{\"")]
    [InlineData("Json", "\"\"")]
    [InlineData("Json", "5")]
    public void A_default_that_does_not_fit_is_refused(string type, string literal)
    {
        Models.Fails(ErrorCode.InvalidDefault, literal, () => Models.BuildA($"x: {type} default {literal}"));
    }

    [Fact]
    public void Only_a_scalar_without_default_and_null_is_required()
    {
        Entity entity = Models.BuildA("a: String, b: String nullable, c: String default \"\", d: A, e: [A]");

        Assert.Equal(["a"], entity.Fields.Where(field => field.IsRequired).Select(field => field.Name));
        Assert.All(SystemFields.All, field => Assert.False(field.IsRequired));
    }

    [Fact]
    public void An_index_names_declared_and_system_fields_wherever_it_stands()
    {
        Entity entity = Models.BuildA("index(b, mdate), a: String, b: Integer, index(a), index(b, a)");

        Assert.Equal(["b,mdate", "a", "b,a"], entity.Indexes.Select(index => string.Join(',', index)));
    }

    [Theory]
    [InlineData("x: Json, index(x)", "x")]
    [InlineData("x: A, index(x)", "x")]
    [InlineData("x: [A], index(x)", "x")]
    [InlineData("x: String, index(x, x)", "x")]
    [InlineData("x: String, index(sys_peer)", "sys_peer")]
    public void An_index_names_different_scalars_other_than_json(string entries, string excerpt)
    {
        Models.Fails(ErrorCode.InvalidIndex, excerpt, () => Models.BuildA(entries));
    }

    [Fact]
    public void An_index_names_a_known_field()
    {
        DiscreetException error = Models.Fails(ErrorCode.FieldNotFound, "nmae", () => Models.BuildA("name: String, index(nmae)"));

        Assert.Contains("did you mean `name`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_fields_is_indexed_once()
    {
        Models.Fails(ErrorCode.DuplicateIndex, "index", () => Models.BuildA("x: String, y: String, index(x, y), index(y, x), index(x,y)"));
    }

    [Theory]
    [InlineData("{ A { a: String, @was(a) b: String } }", "a")]
    [InlineData("{ A { @was(a) b: String, @was(a) c: String } }", "a")]
    [InlineData("{ A { @was(a) @was(a) b: String } }", "a")]
    [InlineData("{ A { @was(b) b: String } }", "b")]
    [InlineData("{ A { @was(n.a) b: String } }", "n.a")]
    [InlineData("{ A { @was(id) b: String } }", "id")]
    [InlineData("{ A { x: String } @was(A) B { x: String } }", "A")]
    [InlineData("n { A { x: String } @was(N.A) B { x: String } }", "N.A")]
    [InlineData("{ @was(Z) A { x: String } @was(Z) B { x: String } }", "Z")]
    [InlineData("n { @was(n.Z) A { x: String } @was(N.Z) B { x: String } }", "N.Z")]
    public void A_former_name_leads_to_one_thing(string text, string excerpt)
    {
        Models.Fails(ErrorCode.InvalidRename, excerpt, () => Models.Build(text));
    }

    [Fact]
    public void A_former_name_may_be_that_of_another_entity_or_of_its_field()
    {
        DataModel model = Models.Build("n { @was(A) A { x: String } } { B { @was(B) a: String } C { a: String } }");

        Assert.Equal("A", Models.Entity(model, "n.A").LogName);
        Assert.Equal("B", Models.Entity(model, "B").Fields[0].LogName);
    }
}
