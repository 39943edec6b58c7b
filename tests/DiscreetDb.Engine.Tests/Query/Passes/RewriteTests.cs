using DiscreetDb.Query.Ir;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Query.Passes;

public class RewriteTests
{
    [Fact]
    public void Orders_end_with_the_id_and_groups_with_their_keys() => Snapshot.Verify(QueryModels.ResolveAndRewrite(
        """
        query {
          a: harbour.Boat { name home { code } owners { nick } }
          b: harbour.Boat(order_by(name desc)) { name }
          c: harbour.Boat(order_by(id desc, name asc)) { name }
          d: harbour.Boat(search("north wind")) { name }
          e: harbour.Boat(order_by(n desc)) { insured crew n: count() }
          f: harbour.Boat { n: count() }
        }
        """).ToString());

    [Fact]
    public void Paging_values_become_conditions_on_rows_or_groups() => Snapshot.Verify(QueryModels.ResolveAndRewrite(
        """
        query {
          a: harbour.Boat(crew > 1, order_by(mdate asc, id asc), after(5, $id), first 3) { id }
          b: harbour.Boat(order_by(n desc), before(2)) { insured n: count() }
        }
        """).ToString());

    [Fact]
    public void The_sieve_is_one_level_deep() => Snapshot.Verify(QueryModels.ResolveAndRewrite(
        "query { harbour.Boat(first 2) { owners(country = \"FR\") { nick sys_peer(name != \"x\") { name sys_room { id } } } } }").ToString());

    [Theory]
    [InlineData("owners { nick }", "Statement")]
    [InlineData("owners(country = \"FR\", first 1) { nick }", "Statement")]
    [InlineData("owners(order_by(nick asc), after(\"a\")) { nick }", "Statement")]
    [InlineData("owners(skip 1) { nick }", "Writer")]
    [InlineData("owners(search(\"abc\")) { nick }", "Writer")]
    [InlineData("owners { nick sys_peer { name } }", "Writer")]
    [InlineData("owners(nullable(sys_peer)) { nick sys_peer { name } }", "Statement")]
    [InlineData("sisters(skip 1) { name }", "Statement")]
    [InlineData("owners { n: count() }", "Statement")]
    [InlineData("owners { nick n: count() }", "Statement")]
    [InlineData("owners(n > 1) { nick n: count() }", "Writer")]
    [InlineData("owners(n > 1) { n: count() }", "Writer")]
    [InlineData("owners(skip 1) { n: count() }", "Writer")]
    public void The_statement_counts_rows_only_where_the_sieve_decides_alone(string nested, string expected) =>
        Assert.Equal(expected, QueryModels.ResolveAndRewrite($"query {{ harbour.Boat(first 2) {{ name {nested} }} }}").Roots[0].Read.Page.Counter.ToString());

    [Theory]
    [InlineData("sisters = null", "sisters { name }", "(not (some (read harbour.Boat (links sisters))))")]
    [InlineData("sisters = null", "sisters { n: count() }", "false")]
    [InlineData("sisters = null, sisters != null", "sisters { name }", "false")]
    public void A_null_test_of_a_selected_relation_is_sieved(string filter, string nested, string expected)
    {
        EntityRead read = QueryModels.ResolveAndRewrite($"query {{ harbour.Boat({filter}) {{ {nested} }} }}").Roots[0].Read;

        Assert.Equal(expected, read.Where.ToString());
        Assert.Equal(PageCounter.Statement, read.Page.Counter);
    }

    [Fact]
    public void A_null_test_is_not_sieved_where_only_the_writer_can_decide()
    {
        EntityRead read = QueryModels.ResolveAndRewrite("query { harbour.Boat(sisters = null) { sisters(skip 1) { name } } }").Roots[0].Read;

        Assert.Equal("true", read.Where.ToString());
        Assert.Equal(PageCounter.Writer, read.Page.Counter);
    }
}
