namespace DiscreetDb.Property;

/// <summary>Every code a text, a parameter or a model can lead to, by the text that leads to it (dialect §11).</summary>
public sealed class ErrorCodeTests
{
    private const string Model = """
        h {
          Boat { name: String, length: Float default 0, crew: Integer default 1, insured: Boolean default true, papers: Json nullable,
                 photo: Base64 nullable, home: h.Berth, owners: [h.Owner], note: String nullable, index(name) }
          Berth { code: String }
          Owner { nick: String nullable }
        }
        """;

    [Theory]
    [InlineData(ErrorCode.SyntaxError, "query { h.Boat { name, } }")]
    [InlineData(ErrorCode.SyntaxError, "mutate { h.Boat { name: \"a\" } }")]
    [InlineData(ErrorCode.IntegerOutOfRange, "query { h.Boat(crew = 9223372036854775808) { name } }")]
    [InlineData(ErrorCode.InvalidFloat, "query { h.Boat(length = 1.0e999) { name } }")]
    [InlineData(ErrorCode.InvalidString, "query { h.Boat(name = \"\\u0000\") { name } }")]
    [InlineData(ErrorCode.InvalidString, "query { h.Boat(name = \"\\ud800\") { name } }")]
    [InlineData(ErrorCode.InvalidBase64, "query { h.Boat(photo = \"a=\") { name } }")]
    [InlineData(ErrorCode.InvalidName, "query { h.Boat { _a: name } }")]
    [InlineData(ErrorCode.NamespaceNotFound, "query { x.Boat { name } }")]
    [InlineData(ErrorCode.EntityNotFound, "query { h.Ship { name } }")]
    [InlineData(ErrorCode.FieldNotFound, "query { h.Boat { title } }")]
    [InlineData(ErrorCode.FieldNotFound, "query { h.Boat(title = 1) { name } }")]
    [InlineData(ErrorCode.FieldNotFound, "query { h.Boat(order_by(title asc)) { name } }")]
    [InlineData(ErrorCode.InvalidFieldType, "query { h.Boat(crew = 1.5) { name } }")]
    [InlineData(ErrorCode.InvalidFieldType, "query { h.Boat { home } }")]
    [InlineData(ErrorCode.InvalidFieldType, "query { h.Boat { name { x } } }")]
    [InlineData(ErrorCode.InvalidFieldType, "query { h.Boat(order_by(papers asc)) { name } }")]
    [InlineData(ErrorCode.InvalidFieldType, "query { h.Boat { s: sum(name) } }")]
    [InlineData(ErrorCode.InvalidFieldType, "query { h.Boat { s: name->$.a } }")]
    [InlineData(ErrorCode.NotNullable, "query { h.Boat(name = null) { name } }")]
    [InlineData(ErrorCode.ConflictingVariableType, "query { h.Boat(name = $v, crew = $v) { name } }")]
    [InlineData(ErrorCode.ConflictingVariableType, "query { h.Boat(name = $v, note = $v) { name } }")]
    [InlineData(ErrorCode.DuplicateKey, "query { h.Boat { name name } }")]
    [InlineData(ErrorCode.DuplicateKey, "query { h.Boat { name } h.Boat { crew } }")]
    [InlineData(ErrorCode.AliasConflict, "query { h.Boat { crew: name } }")]
    [InlineData(ErrorCode.AliasConflict, "query { h.Boat { mdate: name } }")]
    [InlineData(ErrorCode.InvalidEntityFilter, "query { h.Boat(home = \"a\") { name } }")]
    [InlineData(ErrorCode.InvalidEntityFilter, "query { h.Boat(home > null) { name } }")]
    [InlineData(ErrorCode.UnknownNullableField, "query { h.Boat(nullable(home)) { name } }")]
    [InlineData(ErrorCode.InvalidNullableField, "query { h.Boat(nullable(name)) { name } }")]
    [InlineData(ErrorCode.IncompatibleParameters, "query { h.Boat(order_by(name asc), before(\"a\"), after(\"b\")) { name } }")]
    [InlineData(ErrorCode.IncompatibleParameters, "query { h.Boat(order_by(name asc), search(\"abc\")) { name } }")]
    [InlineData(ErrorCode.IncompatibleParameters, "query { h.Boat(order_by(name asc), after(\"a\", \"b\")) { name } }")]
    [InlineData(ErrorCode.InvalidPagingValue, "query { h.Boat(order_by(crew asc), after(\"a\")) { name } }")]
    [InlineData(ErrorCode.InvalidPagingValue, "query { h.Boat(first -1) { name } }")]
    [InlineData(ErrorCode.InvalidAggregate, "query { h.Boat { n: count() home { code } } }")]
    [InlineData(ErrorCode.MissingParameter, "query { h.Boat(name = $v) { name } }")]
    public async Task Query_is_refused(ErrorCode code, string text) => await AssertRefusedAsync(code, app => app.QueryAsync(text), code != ErrorCode.MissingParameter);

    [Theory]
    [InlineData(ErrorCode.DuplicateKey, "mutate { h.Berth { code: \"a\" } h.Berth { code: \"b\" } }")]
    [InlineData(ErrorCode.InvalidName, "mutate { _a: h.Berth { code: \"a\" } }")]
    [InlineData(ErrorCode.DuplicateField, "mutate { h.Berth { code: \"a\" code: \"b\" } }")]
    [InlineData(ErrorCode.InvalidJson, "mutate { h.Boat { name: \"a\" papers: \"{\" } }")]
    [InlineData(ErrorCode.InvalidJson, "mutate { h.Boat { name: \"a\" papers: \"{\\\"a\\\":1,\\\"a\\\":2}\" } }")]
    [InlineData(ErrorCode.InvalidFieldType, "mutate { h.Boat { name: \"a\" home: $v } }")]
    [InlineData(ErrorCode.NotNullable, "mutate { h.Boat { name: null } }")]
    [InlineData(ErrorCode.MissingRequiredField, "mutate { h.Boat { crew: 2 } }")]
    [InlineData(ErrorCode.MissingRequiredField, "mutate { h.Boat { name: \"a\" home: { room_id: null } } }")]
    [InlineData(ErrorCode.FieldNotWritable, "mutate { h.Boat { name: \"a\" mdate: 1 } }")]
    [InlineData(ErrorCode.FieldNotWritable, "mutate { h.Boat { name: \"a\" sys_peer: { id: $v } } }")]
    [InlineData(ErrorCode.InvalidId, "mutate { h.Boat { id: null name: \"a\" } }")]
    [InlineData(ErrorCode.InvalidId, "mutate { h.Boat { id: \"AAAA\" name: \"a\" } }")]
    public async Task Mutation_text_is_refused(ErrorCode code, string text) => await AssertRefusedAsync(code, app => app.MutateAsync(text), hasPlace: true);

    [Fact]
    public async Task Mutations_of_what_is_not_there_are_refused()
    {
        var values = new Parameters { ["v"] = Uid.Zero };

        await AssertRefusedAsync(ErrorCode.UnknownRow, app => app.MutateAsync("mutate { h.Berth { id: $v code: \"a\" } }", values), hasPlace: false);
        await AssertRefusedAsync(
            ErrorCode.UnknownRoom, app => app.MutateAsync("mutate { h.Berth { room_id: \"AAAAAAAAAAAAAAAAAAAAAQ\" code: \"a\" } }"), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.DeleteNotAllowed, app => app.DeleteAsync("delete { sys.Room { $v } }", values), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.DeleteNotAllowed, app => app.DeleteAsync("delete { SYS.UserAuth { $v } }", values), hasPlace: false);
    }

    [Theory]
    [InlineData(ErrorCode.NamespaceReserved, "Sys { A { x: String } }")]
    [InlineData(ErrorCode.ReservedWord, "h { string { x: String } }")]
    [InlineData(ErrorCode.ReservedWord, "h { A { integer: String } }")]
    [InlineData(ErrorCode.InvalidName, "h { A { _x: String } }")]
    [InlineData(ErrorCode.SystemFieldConflict, "h { A { room_id: String } }")]
    [InlineData(ErrorCode.DuplicateEntity, "h { A { x: String } A { y: String } }")]
    [InlineData(ErrorCode.DuplicateEntity, "h { A { x: String } } H { A { y: String } }")]
    [InlineData(ErrorCode.DuplicateField, "h { A { x: String, x: Integer } }")]
    [InlineData(ErrorCode.DuplicateIndex, "h { A { x: String, index(x), index(x) } }")]
    [InlineData(ErrorCode.InvalidIndex, "h { A { x: Json, index(x) } }")]
    [InlineData(ErrorCode.InvalidIndex, "h { A { x: String, index(x, x) } }")]
    [InlineData(ErrorCode.InvalidDefault, "h { A { x: Integer default 1.5 } }")]
    [InlineData(ErrorCode.InvalidDefault, "h { A { x: Json default \"{\" } }")]
    [InlineData(ErrorCode.EntityNotFound, "h { A { x: h.B } }")]
    [InlineData(ErrorCode.SyntaxError, "h { A { } }")]
    public async Task Model_is_refused(ErrorCode code, string model)
    {
        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => OpenDatabase.NewAsync(model));

        Assert.Equal(code, failure.Code);
        Assert.NotNull(failure.Location);
    }

    [Theory]
    [InlineData(ErrorCode.MissingNamespace, "{ A { x: String } }")]
    [InlineData(ErrorCode.MissingEntity, "h { B { x: String, y: String nullable } }")]
    [InlineData(ErrorCode.MissingField, "h { A { x: String } B { x: String } }")]
    [InlineData(ErrorCode.FieldTypeChanged, "h { A { x: Integer, y: String nullable } B { x: String } }")]
    [InlineData(ErrorCode.MissingDefaultValue, "h { A { x: String, y: String nullable, z: String } B { x: String } }")]
    [InlineData(ErrorCode.InvalidRename, "h { A { x: String, y: String nullable, @was(x) z: String } B { x: String } }")]
    public async Task Model_update_is_refused_and_the_old_model_goes_on(ErrorCode code, string model)
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync("h { A { x: String, y: String nullable } B { x: String } }");
        string before = database.App.DataModel();

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => database.App.UpdateDataModelAsync(model));

        Assert.Equal(code, failure.Code);
        Assert.Equal(before, database.App.DataModel());
        await database.App.MutateAsync("mutate { h.A { x: \"still\" } }");
    }

    [Fact]
    public async Task Parameters_of_a_wrong_type_or_content_are_refused()
    {
        static Func<Discreet, Task> Query(string filter, object? value) =>
            app => app.QueryAsync($"query {{ h.Boat({filter}) {{ name }} }}", new Parameters { ["v"] = value });

        await AssertRefusedAsync(ErrorCode.ConflictingParameterType, Query("crew = $v", 1.5), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.ConflictingParameterType, Query("name = $v", 1), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.NotNullable, Query("name = $v", null), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.InvalidBase64, Query("photo = $v", "a="), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.InvalidId, Query("id = $v", "AAAA"), hasPlace: false);
        await AssertRefusedAsync(ErrorCode.InvalidPagingValue, Query("first $v", -1), hasPlace: false);
        Assert.Equal(ErrorCode.DuplicateParameter, Assert.Throws<DiscreetException>(() => new Parameters().Add("a", 1).Add("a", 2)).Code);
        Assert.Equal(ErrorCode.InvalidParameterJson, Assert.Throws<DiscreetException>(() => Parameters.FromJson("{\"a\":[]}")).Code);
        Assert.Equal(ErrorCode.IntegerOutOfRange, Assert.Throws<DiscreetException>(() => Parameters.FromJson("{\"a\":9223372036854775808}")).Code);
        Assert.Equal(ErrorCode.InvalidFloat, Assert.Throws<DiscreetException>(() => new Parameters().Add("a", double.NaN)).Code);
        Assert.Equal(ErrorCode.InvalidString, Assert.Throws<DiscreetException>(() => new Parameters().Add("a", "\ud800")).Code);
    }

    [Fact]
    public async Task An_answer_larger_than_its_bound_is_refused()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        string code = new('x', Limits.RowSizeBytes - 300);
        for (int i = 0; i < 4; i++)
        {
            await database.App.MutateAsync("mutate { h.Berth { code: $c } }", new Parameters { ["c"] = code });
        }

        string roots = string.Join(' ', Enumerable.Range(0, 80).Select(i => $"r{i}: h.Berth {{ code }}"));
        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => database.App.QueryAsync($"query {{ {roots} }}"));

        Assert.Equal(ErrorCode.AnswerTooLarge, failure.Code);
    }

    /// <summary>Refused with this code and, if a text is at fault, its place; and nothing is written.</summary>
    private static async Task AssertRefusedAsync(ErrorCode code, Func<Discreet, Task> act, bool hasPlace)
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => act(database.App));

        Assert.Equal(code, failure.Code);
        Assert.True(!hasPlace || failure.Location is { Line: >= 1, Column: >= 1 }, failure.Message);
        Assert.Equal(
            "{\n\"h.Boat\":[],\n\"h.Berth\":[],\n\"h.Owner\":[]\n}",
            (await database.App.QueryAsync("query { h.Boat { id } h.Berth { id } h.Owner { id } }")).ToString());
    }
}
