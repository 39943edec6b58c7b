using DiscreetDb.Query.Ir;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Query.Lowering;

public class QueryResolverTests
{
    [Fact]
    public void Selections_filters_order_and_page_become_ir() => Snapshot.Verify(QueryModels.Resolve(
        """
        query {
          b: harbour.Boat(length > 8, insured = true, name != $n, order_by(name asc, length desc), first 10, skip $skip) {
            id label: name length _entity
          }
          harbour.Boat(photo = null, papers != null, crew >= 2) { photo }
        }
        """).ToString());

    [Fact]
    public void Relations_become_nested_reads_with_their_presence() => Snapshot.Verify(QueryModels.Resolve(
        """
        query {
          harbour.Boat(nullable(o), sisters != null) {
            home { code }
            o: owners(country != "FR", first 1) { nick sys_peer { name } }
            sisters { name }
            sys_room { id }
          }
        }
        """).ToString());

    [Fact]
    public void A_null_test_is_about_the_selected_result_if_there_is_one_and_else_about_the_target() => Snapshot.Verify(QueryModels.Resolve(
        """
        query {
          selected: harbour.Boat(h = null, nullable(h)) { h: home(dues > 3) { code } }
          unselected: harbour.Boat(home = null, owners != null, sys_room = null) { name }
          aliased: harbour.Boat(home = null, nullable(h)) { h: home(dues > 3) { code } }
        }
        """).ToString());

    [Fact]
    public void Aliases_in_filters_and_order_mean_what_they_name() => Snapshot.Verify(QueryModels.Resolve(
        """
        query { harbour.Boat(size > 3, kw = 40, port = $port, order_by(kw desc, size asc)) { size: length kw: papers->$.engine.kw port: papers->$.ports[0] } }
        """).ToString());

    [Fact]
    public void Aggregates_group_by_what_else_is_selected() => Snapshot.Verify(QueryModels.Resolve(
        """
        query { harbour.Boat(n > 1, crew > 0, kw != null, order_by(longest desc, insured asc), after(3.5)) {
          insured kw: papers->$.kw n: count() longest: max(length) mean: avg(crew) all: sum(crew) first_photo: min(photo) } }
        """).ToString());

    [Fact]
    public void Paging_values_take_the_type_of_their_key() => Snapshot.Verify(QueryModels.Resolve(
        """
        query { harbour.Boat(order_by(mdate asc, id asc, photo desc), after($mdate, "AAAAAAAAAAAAAAAAAAAAAA", $photo), first $n) { id } }
        """).ToString());

    [Fact]
    public void A_variable_of_a_selector_has_the_type_of_its_other_place()
    {
        QueryOperation before = QueryModels.Resolve("query { harbour.Boat(papers->$.name = $v, name = $v) { id } }");
        QueryOperation after = QueryModels.Resolve("query { harbour.Boat(name = $v, papers->$.name = $v) { id } }");

        Assert.Equal("String", before.Variables[0].Type.ToString());
        Assert.Equal("String", after.Variables[0].Type.ToString());
    }

    [Fact]
    public void A_literal_first_of_zero_is_no_limit() =>
        Assert.False(QueryModels.Resolve("query { harbour.Boat(first 0, skip 0) { id } }").Roots[0].Read.Page.IsLimited);

    [Fact]
    public void First_and_skip_of_a_single_relation_are_ignored() =>
        Assert.DoesNotContain("page", QueryModels.Resolve("query { harbour.Boat { home(first 3, skip $n) { code } } }").ToString(), StringComparison.Ordinal);

    [Fact]
    public void An_order_within_the_only_group_orders_nothing() =>
        Assert.Empty(QueryModels.Resolve("query { harbour.Boat(order_by(name asc)) { n: count() } }").Roots[0].Read.Order);

    [Theory]
    [InlineData("query { name: harbour.Boat { id } }", null)]
    [InlineData("query { Memo: harbour.Boat { id } }", ErrorCode.AliasConflict)]
    [InlineData("query { HARBOUR.Berth: harbour.Boat { id } }", ErrorCode.AliasConflict)]
    [InlineData("query { harbour.Boat { crew: name } }", ErrorCode.AliasConflict)]
    [InlineData("query { harbour.Boat { name: name } }", ErrorCode.AliasConflict)]
    [InlineData("query { harbour.Boat { mdate: name } }", ErrorCode.AliasConflict)]
    [InlineData("query { harbour.Boat { owners: count() } }", ErrorCode.AliasConflict)]
    [InlineData("query { harbour.Boat { _n: name } }", ErrorCode.InvalidName)]
    [InlineData("query { _b: harbour.Boat { id } }", ErrorCode.InvalidName)]
    [InlineData("query { harbour.Boat { name name } }", ErrorCode.DuplicateKey)]
    [InlineData("query { harbour.Boat { id } harbour.Boat { id } }", ErrorCode.DuplicateKey)]
    [InlineData("query { HARBOUR.Boat { id } harbour.Boat { id } }", null)]
    [InlineData("query { port.Boat { id } }", ErrorCode.NamespaceNotFound)]
    [InlineData("query { harbour.Raft { id } }", ErrorCode.EntityNotFound)]
    [InlineData("query { Boat { id } }", ErrorCode.EntityNotFound)]
    [InlineData("query { harbour.Boat { nam } }", ErrorCode.FieldNotFound)]
    [InlineData("query { harbour.Boat { Name } }", ErrorCode.FieldNotFound)]
    [InlineData("query { harbour.Boat(nam = \"x\") { id } }", ErrorCode.FieldNotFound)]
    [InlineData("query { harbour.Boat(order_by(nam asc)) { id } }", ErrorCode.FieldNotFound)]
    [InlineData("query { harbour.Boat { n: sum(ghost) } }", ErrorCode.FieldNotFound)]
    [InlineData("query { harbour.Boat { v: ghost->$.a } }", ErrorCode.FieldNotFound)]
    [InlineData("query { harbour.Boat { home } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { sys_peer } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { name { id } } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { v: name->$.a } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(name->$.a = 1) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(crew > 1.5) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(length > 1) { id } }", null)]
    [InlineData("query { harbour.Boat(name = 3) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(insured = 1) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(papers = \"{}\") { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(papers = $v) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(papers > null) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(order_by(papers asc)) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(order_by(home asc)) { id } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat(order_by(h asc)) { h: home { id } } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { n: sum(name) } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { n: max(home) } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { n: avg(insured) } }", ErrorCode.InvalidFieldType)]
    [InlineData("query { harbour.Boat { n: max(mdate) } }", null)]
    [InlineData("query { harbour.Boat(photo = \"####\") { id } }", ErrorCode.InvalidBase64)]
    [InlineData("query { harbour.Boat(photo = \"QQ==\") { id } }", ErrorCode.InvalidBase64)]
    [InlineData("query { harbour.Boat(id = \"AAAA\") { id } }", ErrorCode.InvalidId)]
    [InlineData("query { harbour.Boat(name = null) { id } }", ErrorCode.NotNullable)]
    [InlineData("query { harbour.Boat(crew > null) { id } }", ErrorCode.NotNullable)]
    [InlineData("query { harbour.Boat(n = null) { n: count() } }", ErrorCode.NotNullable)]
    [InlineData("query { harbour.Boat(n = null) { n: avg(crew) } }", null)]
    [InlineData("query { harbour.Boat(home = \"x\") { id } }", ErrorCode.InvalidEntityFilter)]
    [InlineData("query { harbour.Boat(home = $v) { id } }", ErrorCode.InvalidEntityFilter)]
    [InlineData("query { harbour.Boat(home > null) { id } }", ErrorCode.InvalidEntityFilter)]
    [InlineData("query { harbour.Boat(h >= null) { h: home { id } } }", ErrorCode.InvalidEntityFilter)]
    [InlineData("query { harbour.Boat(nullable(home)) { id } }", ErrorCode.UnknownNullableField)]
    [InlineData("query { harbour.Boat(nullable(home)) { h: home { id } } }", ErrorCode.UnknownNullableField)]
    [InlineData("query { harbour.Boat(nullable(name)) { name } }", ErrorCode.InvalidNullableField)]
    [InlineData("query { harbour.Boat(order_by(name asc), after(\"a\"), before(\"b\")) { id } }", ErrorCode.IncompatibleParameters)]
    [InlineData("query { harbour.Boat(order_by(name asc), after(\"a\", \"b\")) { id } }", ErrorCode.IncompatibleParameters)]
    [InlineData("query { harbour.Boat(after(\"a\")) { id } }", ErrorCode.IncompatibleParameters)]
    [InlineData("query { harbour.Boat(search(\"abc\"), order_by(name asc)) { id } }", ErrorCode.IncompatibleParameters)]
    [InlineData("query { harbour.Boat(search(\"abc\"), order_by(name asc), before(\"a\")) { id } }", ErrorCode.IncompatibleParameters)]
    [InlineData("query { harbour.Boat(first -1) { id } }", ErrorCode.InvalidPagingValue)]
    [InlineData("query { harbour.Boat { owners(skip -1) { id } } }", ErrorCode.InvalidPagingValue)]
    [InlineData("query { harbour.Boat(order_by(crew asc), after(1.5)) { id } }", ErrorCode.InvalidPagingValue)]
    [InlineData("query { harbour.Boat(order_by(crew asc, name asc), before(1, true)) { id } }", ErrorCode.InvalidPagingValue)]
    [InlineData("query { harbour.Boat { n: count() owners { id } } }", ErrorCode.InvalidAggregate)]
    [InlineData("query { harbour.Boat(order_by(name asc)) { crew n: count() } }", ErrorCode.InvalidAggregate)]
    [InlineData("query { harbour.Boat(name = $v, crew = $v) { id } }", ErrorCode.ConflictingVariableType)]
    [InlineData("query { harbour.Boat(length = $v, crew = $v) { id } }", ErrorCode.ConflictingVariableType)]
    [InlineData("query { harbour.Boat(id = $v, room_id = $v) { id } }", ErrorCode.ConflictingVariableType)]
    [InlineData("query { a: harbour.Boat(name = $v) { id } b: harbour.Owner(nick = $v) { id } }", ErrorCode.ConflictingVariableType)]
    [InlineData("query { harbour.Boat(crew = $v, first $v) { id } }", null)]
    [InlineData("query { harbour.Boat(search($v), name = $v) { id } }", null)]
    public void Rules_of_the_language_are_kept(string query, ErrorCode? expected)
    {
        Exception? thrown = Record.Exception(() => QueryModels.Resolve(query));

        if (expected is null)
        {
            Assert.Null(thrown);
            return;
        }

        DiscreetException error = Assert.IsType<DiscreetException>(thrown);
        Assert.Equal(expected, error.Code);
        Assert.NotNull(error.Location);
    }

    [Fact]
    public void An_error_names_the_place_and_the_near_name()
    {
        DiscreetException error = Assert.Throws<DiscreetException>(() => QueryModels.Resolve("query {\n  harbour.Boat { id nmae }\n}"));

        Assert.Equal(new SourceLocation(2, 21, "nmae"), error.Location);
        Assert.Contains("did you mean `name`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_order_keys_than_the_limit_are_refused()
    {
        string keys = string.Join(", ", Enumerable.Repeat("name asc", Limits.OrderKeyCount + 1));

        DiscreetException error = Assert.Throws<DiscreetException>(() => QueryModels.Resolve($"query {{ harbour.Boat(order_by({keys})) {{ id }} }}"));

        Assert.Equal(ErrorCode.TooComplex, error.Code);
    }
}
