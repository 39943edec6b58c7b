using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiscreetDb.Tidy.Tests.Snippets;

/// <summary>Compiles a code block as a reader would who pastes it into <c>Program.cs</c>.</summary>
internal static class SnippetCompiler
{
    /// <summary>Names a page may use without saying again where they come from.</summary>
    private static readonly Dictionary<string, string> Assumed = new()
    {
        ["app"] = "global::DiscreetDb.Discreet app = null!;",
        ["keyMaterial"] = "byte[] keyMaterial = [];",
        ["room"] = "string room = \"\";",
        ["model"] = "string model = \"\";",
        ["id"] = "string id = \"\";",
        ["folder"] = "string folder = \"\";",
        ["cancellationToken"] = "global::System.Threading.CancellationToken cancellationToken = default;",
    };

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Compile(Snippet snippet)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(snippet.IsProgram ? snippet.Code : Complete(snippet.Code), ParseOptions, snippet.ToString());
        return CSharpCompilation.Create(
            "Snippet",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    public static string[] FindErrors(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];

    /// <summary>Adds the usual using line, the assumed names it does not declare itself, and a statement where it has only types.</summary>
    private static string Complete(string code)
    {
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(code, ParseOptions).GetCompilationUnitRoot();
        HashSet<string> declared =
        [
            .. unit.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(v => v.Identifier.Text),
            .. unit.DescendantNodes().OfType<ParameterSyntax>().Select(p => p.Identifier.Text),
            .. unit.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(d => d.Identifier.Text),
            .. unit.DescendantNodes().OfType<ForEachStatementSyntax>().Select(f => f.Identifier.Text),
        ];
        HashSet<string> used = [.. unit.DescendantNodes().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.Text)];
        IEnumerable<string> prelude = Assumed.Where(a => used.Contains(a.Key) && !declared.Contains(a.Key)).Select(a => a.Value);

        SyntaxList<UsingDirectiveSyntax> usings = unit.Usings;
        string body = unit.WithUsings(default).ToFullString();
        return $"""
            using DiscreetDb;
            {string.Concat(usings.Where(u => u.Name?.ToString() != "DiscreetDb").Select(u => u.ToFullString()))}
            #pragma warning disable
            {string.Join('\n', prelude)}
            await System.Threading.Tasks.Task.CompletedTask;
            #line 1
            {body}
            """;
    }
}
