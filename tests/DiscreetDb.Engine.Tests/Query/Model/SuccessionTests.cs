using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>What a new model may change of the stored one: dialect §4, row by row.</summary>
public sealed class SuccessionTests
{
    private const string Barn = "barn { Cow { tag: String, milk: Integer default 0 } Hen { tag: String } }";

    [Theory]
    [InlineData(Barn)]
    [InlineData("BARN { Hen { tag: String } Cow { milk: Integer default 0, tag: String } }")]
    [InlineData("field { Crop { kind: String } } barn { Hen { tag: String } } barn { Goat { x: String } Cow { tag: String, milk: Integer default 0 } }")]
    [InlineData("barn { Cow { tag: String, a: String nullable, milk: Integer default 0, b: Boolean default true } Hen { tag: String } }")]
    [InlineData("barn { Cow { tag: String, milk: Integer default 0, pal: barn.Cow, herd: [barn.Cow], index(tag) } Hen { tag: String } }")]
    [InlineData("barn { Cow { tag: String nullable, milk: Integer default 5 } Hen { tag: String } }")]
    [InlineData("barn { Cow { tag: String default \"?\", milk: Integer nullable } Hen { tag: String } }")]
    [InlineData("barn { Cow { tag: String, milk: Float default 0 } Hen { tag: String } }")]
    [InlineData("barn { @deprecated Cow(no_full_text_index) { tag: String, @deprecated milk: Integer default 0 } Hen { tag: String } }")]
    [InlineData("barn { Cow { @was(tag) name: String, milk: Integer default 0 } @was(barn.Hen) Chick { tag: String } }")]
    [InlineData("farm { @was(barn.Cow) Cow { tag: String, milk: Integer default 0 } @was(Barn.Hen) Hen { tag: String } }")]
    public void What_the_table_allows_is_accepted(string next)
    {
        DataModel model = Models.Evolve(Barn, next);

        Assert.Equal(2, model.Version);
    }

    [Theory]
    [InlineData("barn { Cow { tag: String, milk: Integer default 0 } }", ErrorCode.MissingEntity, "")]
    [InlineData("barn { Cow { tag: String, milk: Integer default 0 } hen { tag: String } }", ErrorCode.MissingEntity, "")]
    [InlineData("", ErrorCode.MissingNamespace, "")]
    [InlineData("barn { }", ErrorCode.MissingNamespace, "")]
    [InlineData("{ Cow { tag: String, milk: Integer default 0 } Hen { tag: String } }", ErrorCode.MissingNamespace, "")]
    [InlineData("barn { Cow { tag: String } Hen { tag: String } }", ErrorCode.MissingField, "Cow")]
    [InlineData("barn { Cow { tag: String, Milk: Integer default 0 } Hen { tag: String } }", ErrorCode.MissingField, "Cow")]
    [InlineData("barn { Cow { tag: String, milk: Integer default 0, a: String } Hen { tag: String } }", ErrorCode.MissingDefaultValue, "a")]
    [InlineData("barn { Cow { tag: String, milk: Integer } Hen { tag: String } }", ErrorCode.MissingDefaultValue, "milk")]
    [InlineData("barn { Cow { tag: Integer, milk: Integer default 0 } Hen { tag: String } }", ErrorCode.FieldTypeChanged, "tag")]
    [InlineData("barn { Cow { tag: barn.Hen, milk: Integer default 0 } Hen { tag: String } }", ErrorCode.FieldTypeChanged, "tag")]
    [InlineData("barn { Cow { @was(tag) @was(label) name: String, milk: Integer default 0 } Hen { tag: String } }", ErrorCode.InvalidRename, "name")]
    [InlineData("barn { Cow { tag: String, @was(milk) m: String default \"\" } Hen { tag: String } }", ErrorCode.FieldTypeChanged, "m")]
    public void What_the_table_forbids_is_refused_where_it_stands(string next, ErrorCode code, string excerpt)
    {
        Models.Fails(code, excerpt, () => Models.Evolve(Barn, next));
    }

    [Theory]
    [InlineData("r: A", "r: [A]")]
    [InlineData("r: [A]", "r: A")]
    [InlineData("r: A", "r: B")]
    [InlineData("r: [A]", "r: [B]")]
    [InlineData("r: A", "r: String default \"\"")]
    [InlineData("r: Float", "r: Integer")]
    [InlineData("r: Integer", "r: Boolean")]
    [InlineData("r: String", "r: Json")]
    public void A_field_keeps_type_multiplicity_and_target(string stored, string next)
    {
        Models.Fails(ErrorCode.FieldTypeChanged, "r", () => Models.Evolve(Two(stored), Two(next)));
    }

    [Theory]
    [InlineData("r: A", "r: A nullable")]
    [InlineData("r: [A] nullable", "r: [A]")]
    [InlineData("r: Integer nullable", "r: Float nullable")]
    [InlineData("r: String nullable", "r: String default \"\"")]
    [InlineData("r: String", "r: String nullable")]
    [InlineData("r: String", "r: String default \"x\"")]
    public void A_field_may_change_in_what_no_row_can_contradict(string stored, string next)
    {
        Models.Evolve(Two(stored), Two(next));
    }

    [Fact]
    public void A_nullable_field_becomes_required_only_with_a_default()
    {
        Models.Fails(ErrorCode.MissingDefaultValue, "r", () => Models.Evolve(Two("r: String nullable"), Two("r: String")));
    }

    [Fact]
    public void A_target_may_be_renamed_in_the_same_update()
    {
        DataModel model = Models.Evolve("{ A { r: B } B { x: String } }", "{ A { r: C } @was(B) C { x: String } }");

        Assert.Equal("C", Models.Entity(model, "A").Fields[0].Target?.CanonicalName);
    }

    [Fact]
    public void Only_what_the_stored_model_marks_deprecated_may_go()
    {
        Models.Evolve("{ A { @deprecated x: String, y: String } @deprecated B { z: String } }", "{ A { y: String } }");
        Models.Evolve("n { @deprecated A { x: String } @deprecated B { x: String } }", "");
        Models.Fails(ErrorCode.MissingField, "A", () => Models.Evolve("{ A { @deprecated x: String, y: String } }", "{ A { x: String, y: String } }", "{ A { y: String } }"));
        Models.Fails(ErrorCode.MissingNamespace, "", () => Models.Evolve("n { @deprecated A { x: String } B { x: String } }", ""));
        Models.Fails(ErrorCode.MissingEntity, "", () => Models.Evolve("n { @deprecated A { x: String } B { x: String } C { x: String } }", "n { C { x: String } }"));
    }

    [Fact]
    public void A_deprecated_entity_still_has_to_change_by_the_rules()
    {
        Models.Fails(ErrorCode.FieldTypeChanged, "x", () => Models.Evolve("{ @deprecated A { x: String } }", "{ A { x: Integer } }"));
    }

    [Fact]
    public void What_was_removed_may_come_back_as_something_new()
    {
        Models.Evolve("{ A { x: String, @deprecated y: String nullable } }", "{ A { x: String } }", "{ A { x: String, y: Integer default 1 } }");
    }

    [Theory]
    [InlineData("{ A { name: String } }")]
    [InlineData("{ A { @was(title) name: String } }")]
    [InlineData("{ A { @was(tag) @was(label) name: String } }")]
    [InlineData("{ A { @was(name) title: String } }")]
    [InlineData("{ A { @was(tag) @was(name) title: String } }")]
    [InlineData("{ A { tag: String } }")]
    [InlineData("{ A { @was(tag) title: String } }")]
    public void A_former_name_the_stored_model_knows_stays(string next)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(() => Models.Evolve("{ A { tag: String } }", "{ A { @was(tag) name: String } }", next));

        Assert.Equal(ErrorCode.InvalidRename, error.Code);
    }

    [Theory]
    [InlineData("{ A { @was(tag) name: String } }")]
    [InlineData("{ A { @was(name) @was(tag) title: String } }")]
    [InlineData("{ A { @was(x) @was(name) @was(y) @was(tag) title: String } }")]
    public void A_rename_goes_on_from_the_newest_name(string next)
    {
        DataModel model = Models.Evolve("{ A { tag: String } }", "{ A { @was(tag) name: String } }", next);

        Assert.Equal("tag", Models.Entity(model, "A").Fields[0].LogName);
    }

    [Fact]
    public void A_device_that_skipped_versions_finds_its_item_by_any_name()
    {
        DataModel model = Models.Evolve("{ A { tag: String } }", "n { @was(C) @was(B) @was(A) D { @was(title) @was(name) @was(tag) call: String } }");

        Assert.Equal("A", Models.Entity(model, "n.D").LogName);
    }

    [Fact]
    public void Names_cannot_be_exchanged_or_merged()
    {
        Models.Fails(ErrorCode.InvalidRename, "b", () => Models.Evolve("{ A { a: String, b: String } }", "{ A { @was(b) a: String, @was(a) b: String } }"));
        Models.Fails(ErrorCode.InvalidRename, "b", () => Models.Evolve("{ A { a: String, b: String } }", "{ A { @was(a) b: String } }"));
        Models.Fails(ErrorCode.InvalidRename, "c", () => Models.Evolve("{ A { a: String, b: String } }", "{ A { @was(b) @was(a) c: String } }"));
    }

    [Fact]
    public void A_removed_name_is_free_again()
    {
        DataModel model = Models.Evolve(
            "{ A { x: String, tag: String } }",
            "{ A { x: String, @deprecated @was(tag) name: String } }",
            "{ A { x: String, tag: String nullable } }");

        Assert.Equal("tag", Models.Field(Models.Entity(model, "A"), "tag").LogName);
    }

    [Fact]
    public void A_refusal_leaves_the_stored_model_as_it_is()
    {
        DataModel stored = Models.Build(Barn);

        Assert.Throws<DiscreetException>(() => DataModelBuilder.Build("", 2, stored));

        Assert.Equal(Barn, stored.Text);
        Assert.NotNull(stored.FindCanonical("barn.Cow"));
    }

    private static string Two(string field) => $"{{ A {{ x: String, {field} }} B {{ x: String }} }}";
}
