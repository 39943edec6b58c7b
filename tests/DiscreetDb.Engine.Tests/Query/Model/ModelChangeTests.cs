using System.Collections.Immutable;
using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>What the projection is told to do when a model replaces another.</summary>
public sealed class ModelChangeTests
{
    [Fact]
    public void The_first_model_adds_every_entity_those_of_the_engine_too()
    {
        DataModel model = Models.Build(Models.Harbour);

        ModelChange change = ModelChange.Between(null, model);

        Assert.Equal(model.Entities, change.Added);
        Assert.Empty(change.Removed);
        Assert.Empty(change.Altered);
    }

    [Theory]
    [InlineData("{ A { x: String, y: Integer default 0 } B { z: String } }")]
    [InlineData("{ B { z: String } } { A { y: Integer default 0, x: String } }")]
    [InlineData("{ @deprecated A { x: String, @deprecated y: Integer default 0 } B { z: String } } n { }")]
    public void What_has_no_table_is_no_change(string next)
    {
        Assert.True(Change("{ A { x: String, y: Integer default 0 } B { z: String } }", next).IsEmpty);
    }

    [Fact]
    public void Entities_come_and_go()
    {
        ModelChange change = Change("{ A { x: String } @deprecated B { x: String } }", "{ A { x: String } C { x: String } }");

        Assert.Equal(["B"], change.Removed.Select(entity => entity.Name));
        Assert.Equal(["C"], change.Added.Select(entity => entity.Name));
        Assert.Empty(change.Altered);
    }

    [Fact]
    public void A_renamed_entity_keeps_its_table()
    {
        EntityChange change = Only("{ A { x: String } }", "{ @was(A) B { x: String } }");

        Assert.True(change.IsRenamed);
        Assert.Equal("A", change.Next.TableName);
        Assert.Empty(change.AlteredFields);
    }

    [Fact]
    public void Fields_come_and_go()
    {
        EntityChange change = Only(
            "{ A { x: String, @deprecated y: String, @deprecated r: [A] } }", "{ A { s: A, x: String, z: String nullable } }");

        Assert.Equal(["y", "r"], Names(change.RemovedFields));
        Assert.Equal(["s", "z"], Names(change.AddedFields));
        Assert.Empty(change.AlteredFields);
    }

    [Fact]
    public void A_field_that_keeps_its_column_says_what_differs()
    {
        EntityChange change = Only(
            "{ A { a: String, b: Integer, c: Integer default 1, d: String, e: A, f: Integer default 2, g: String } }",
            "{ A { @was(a) aa: String, b: Float, c: Integer default 2, d: String nullable, e: A nullable, f: Float default 2, g: String } }");

        Assert.Equal(
            ["aa renamed", "b widened", "c default", "d nullability", "e nullability", "f widened"],
            change.AlteredFields.Select(Describe));
    }

    [Theory]
    [InlineData("x: String nullable", "x: String default \"\"", "x default nullability")]
    [InlineData("x: String default \"a\"", "x: String default \"b\"", "x default")]
    [InlineData("x: Base64 default \"QQ\"", "x: Base64 default \"QUI\"", "x default")]
    [InlineData("x: Boolean default true", "x: Boolean default false", "x default")]
    [InlineData("x: Float default 1.5", "x: Float nullable", "x default nullability")]
    [InlineData("x: Integer default 1", "x: Float default 1.5", "x widened default")]
    public void A_changed_default_is_told(string stored, string next, string expected)
    {
        EntityChange change = Only($"{{ A {{ {stored} }} }}", $"{{ A {{ {next} }} }}");

        Assert.Equal(expected, Describe(Assert.Single(change.AlteredFields)));
    }

    [Fact]
    public void Indexes_come_and_go_by_their_list_of_fields()
    {
        EntityChange change = Only(
            "{ A { x: String, y: String, index(x), index(x, y), index(mdate) } }",
            "{ A { @was(y) z: String, x: String, index(z), index(x, z), index(mdate) } }");

        Assert.Equal(["x"], Lists(change.RemovedIndexes));
        Assert.Equal(["z"], Lists(change.AddedIndexes));
    }

    [Fact]
    public void An_index_goes_and_comes_with_a_column_of_another_name()
    {
        EntityChange change = Only("{ A { y: Integer, index(y) } }", "{ A { y: Integer, Y: Integer default 0, index(y), index(Y) } }");

        Assert.Equal(["y"], Names(change.RemovedFields));
        Assert.Equal(["y", "Y"], Names(change.AddedFields));
        Assert.Equal(["y"], Lists(change.RemovedIndexes));
        Assert.Equal(["y", "Y"], Lists(change.AddedIndexes));
    }

    [Fact]
    public void A_table_of_another_name_is_removed_and_added()
    {
        ModelChange change = Change("{ b { x: String } }", "{ b { x: String } B { x: String } }");

        Assert.Equal(["b"], change.Removed.Select(entity => entity.TableName));
        Assert.Equal(["b$2", "B"], change.Added.Select(entity => entity.TableName));
        Assert.Empty(change.Altered);
    }

    [Theory]
    [InlineData("", "(no_full_text_index)", false, true)]
    [InlineData("(no_full_text_index)", "", true, false)]
    public void Full_text_is_built_or_dropped(string stored, string next, bool added, bool removed)
    {
        EntityChange change = Only($"{{ A{stored} {{ x: String }} }}", $"{{ A{next} {{ x: String }} }}");

        Assert.Equal(added, change.IsFullTextAdded);
        Assert.Equal(removed, change.IsFullTextRemoved);
    }

    private static ModelChange Change(string stored, string next)
    {
        DataModel before = Models.Build(stored);
        return ModelChange.Between(before, DataModelBuilder.Build(next, 2, before));
    }

    private static EntityChange Only(string stored, string next)
    {
        ModelChange change = Change(stored, next);
        Assert.Empty(change.Removed);
        Assert.Empty(change.Added);
        return Assert.Single(change.Altered);
    }

    private static string Describe(FieldChange change) => string.Join(
        ' ',
        new[]
        {
            change.Next.Name,
            change.IsRenamed ? "renamed" : null,
            change.IsWidened ? "widened" : null,
            change.IsDefaultChanged ? "default" : null,
            change.IsNullabilityChanged ? "nullability" : null,
        }.OfType<string>());

    private static IEnumerable<string> Names(IEnumerable<Field> fields) => fields.Select(field => field.Name);

    private static IEnumerable<string> Lists(IEnumerable<ImmutableArray<Field>> indexes) => indexes.Select(index => string.Join(',', index));
}
