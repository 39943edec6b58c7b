using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Mutation;

namespace DiscreetDb.EngineTests.Mutation;

public sealed class DeletionResolverTests
{
    [Theory]
    [InlineData("delete { harbour.Boat { $boat } }", "(delete (row harbour.Boat $boat))")]
    [InlineData(
        "delete { harbour.Boat { $boat owners[$ann, $bo] sisters[$other] } x: Memo { $m } }",
        "(delete (links harbour.Boat $boat (owners $ann $bo) (sisters $other)) (row Memo $m))")]
    [InlineData("delete { sys.Device { $d } }", "(delete (row sys.Device $d))")]
    public void A_document_becomes_a_plan_in_the_order_of_its_text(string text, string plan)
    {
        Assert.Equal(plan, Resolve(text).ToString());
    }

    [Theory]
    [InlineData("delete { harbour.Boot { $x } }", ErrorCode.EntityNotFound, "harbour.Boot")]
    [InlineData("delete { nowhere.Boat { $x } }", ErrorCode.NamespaceNotFound, "nowhere.Boat")]
    [InlineData("delete { harbour.Boat { $x zs[$y] } }", ErrorCode.FieldNotFound, "zs")]
    [InlineData("delete { harbour.Boat { $x Owners[$y] } }", ErrorCode.FieldNotFound, "Owners")]
    [InlineData("delete { harbour.Boat { $x home[$y] } }", ErrorCode.InvalidFieldType, "home")]
    [InlineData("delete { harbour.Boat { $x name[$y] } }", ErrorCode.InvalidFieldType, "name")]
    [InlineData("delete { harbour.Boat { $x sys_peer[$y] } }", ErrorCode.InvalidFieldType, "sys_peer")]
    [InlineData("delete { sys.Room { $x } }", ErrorCode.DeleteNotAllowed, "sys.Room")]
    [InlineData("delete { SYS.Room { $x } }", ErrorCode.DeleteNotAllowed, "SYS.Room")]
    [InlineData("delete { sys.Room { $x admin[$y] } }", ErrorCode.DeleteNotAllowed, "sys.Room")]
    [InlineData("delete { Sys.Authorisation { $x users[$y] } }", ErrorCode.DeleteNotAllowed, "Sys.Authorisation")]
    [InlineData("delete { sys.UserAuth { $x } }", ErrorCode.DeleteNotAllowed, "sys.UserAuth")]
    [InlineData("delete { sys.EntityRight { $x } }", ErrorCode.DeleteNotAllowed, "sys.EntityRight")]
    [InlineData("delete { sys.Peer { $x } }", ErrorCode.DeleteNotAllowed, "sys.Peer")]
    [InlineData("delete { sys.Rejection { $x } }", ErrorCode.DeleteNotAllowed, "sys.Rejection")]
    public void What_is_wrong_is_refused_with_its_code_and_place(string text, ErrorCode code, string excerpt)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(() => Resolve(text));

        Assert.Equal(code, error.Code);
        Assert.Equal(excerpt, error.Location?.Excerpt);
    }

    private static DeletionPlan Resolve(string text) =>
        DeletionResolver.Resolve(DialectParser.ParseDeletion(Encoding.UTF8.GetBytes(text)), HarbourModel.Tables);
}
