using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Storage;

public sealed unsafe class SqlFunctionTests
{
    [Fact]
    public void A_function_gets_its_arguments_and_gives_any_value()
    {
        using Connection connection = StatementTests.OpenEmpty();
        connection.RegisterFunction(new SqlFunction("echo", SqlFunction.AnyArgumentCount, &Echo));

        Assert.Equal("integer real text blob null", connection.ReadText(
            "SELECT typeof(echo(7)) || ' ' || typeof(echo(0.5)) || ' ' || typeof(echo('a')) || ' ' || typeof(echo(x'00')) || ' ' || typeof(echo(NULL))"));
        Assert.Equal("é", connection.ReadText("SELECT echo('é')"));
        Assert.Equal(7, connection.ReadInt64("SELECT echo(7)"));
        Assert.Throws<DiscreetException>(() => connection.ReadInt64("SELECT echo(1, 2)"));
    }

    [Fact]
    public void Writer_and_readers_know_the_functions_of_the_options()
    {
        using TestDatabase test = new();
        test.Options = test.Options with { Functions = [new SqlFunction("echo", 1, &Echo)] };
        test.Reopen();

        test.Run(c => Assert.Equal(7, c.ReadInt64("SELECT echo(7)")));
        Assert.Equal(7, test.Read("SELECT echo(7)"));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Echo(nint context, int count, nint* arguments)
    {
        SqlResult result = new(context);
        if (count != 1)
        {
            result.Fail("one argument, please"u8);
            return;
        }

        SqlArgument argument = new(arguments[0]);
        switch (argument.Type)
        {
            case SqliteType.Integer:
                result.Set(argument.Int64);
                break;
            case SqliteType.Float:
                result.Set(argument.Double);
                break;
            case SqliteType.Text:
                result.SetText(argument.Text);
                break;
            case SqliteType.Blob:
                result.SetBlob(argument.Blob);
                break;
            default:
                result.SetNull();
                break;
        }
    }
}
