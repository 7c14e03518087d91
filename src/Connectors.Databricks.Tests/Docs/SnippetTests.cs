using System.Reflection;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Architecture;
using Connectors.Databricks.Tests.Docs.Code;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs;

public class SnippetTests
{
    private static readonly Dictionary<string, string> Known = new() { ["hello"] = "Say(\"hello\");\n" };

    [Fact]
    public void Every_piece_of_CSharp_in_the_documentation_is_compiled_code() =>
        Rule.Holds(SnippetRules.FencesAreCompiledCode(MarkdownFile.All, CompiledCode.Snippets));

    [Fact]
    public void Every_snippet_is_shown_on_a_page() => Rule.Holds(SnippetRules.CodeIsShown(MarkdownFile.All, CompiledCode.Snippets.Keys));

    [Theory]
    [MemberData(nameof(RunnableSnippets))]
    public async Task A_snippet_that_takes_a_client_runs_on_the_emulator(string type, string method)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var snippet = Runnable.Single(candidate => candidate.DeclaringType!.Name == type && candidate.Name == method);
        object client = TakesChat(snippet) ? serving.GetChatClient("databricks-claude-sonnet-4-5") : serving;

        await (Task)snippet.Invoke(null, [client])!;

        Assert.All(emulator.Requests, request => Assert.Equal(200, request.StatusCode));
        Assert.NotEmpty(emulator.Requests);
    }

    public static TheoryData<string, string> RunnableSnippets
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var method in Runnable)
            {
                data.Add(method.DeclaringType!.Name, method.Name);
            }

            return data;
        }
    }

    private static IEnumerable<MethodInfo> Runnable =>
        new[] { typeof(ChatCode), typeof(ErrorsCode), typeof(EmbeddingsCode), typeof(PredictionsCode), typeof(CompletionsCode),
            typeof(EndpointsCode), typeof(MonitoringCode), typeof(DirectoryCode), typeof(ModelServicesCode),
            typeof(ModelsCode), typeof(BatchCode) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => TakesChat(method) || Takes(method, typeof(DatabricksServingClient)));

    private static bool TakesChat(MethodInfo method) => Takes(method, typeof(IChatClient));

    private static bool Takes(MethodInfo method, Type client) =>
        method.GetParameters() is [{ ParameterType: var parameter }] && parameter == client;

    [Fact]
    public void A_fence_that_equals_its_snippet_is_left_alone() =>
        Assert.Empty(Complaints("<!-- snippet: hello -->\n```csharp\nSay(\"hello\");\n```\n"));

    [Fact]
    public void A_fence_that_differs_from_its_snippet_is_named() =>
        Assert.Equal(
            ["page.md:3: the code is not that of the snippet 'hello', which is:\nSay(\"hello\");\n"],
            Complaints("# Page\n<!-- snippet: hello -->\n```csharp\nSay(\"goodbye\");\n```\n"));

    [Fact]
    public void A_fence_without_a_name_is_named() =>
        Assert.Equal(
            ["page.md:1: a C# fence needs a comment above it: <!-- snippet: name -->."],
            Complaints("```csharp\nSay(\"hello\");\n```\n"));

    [Fact]
    public void A_fence_with_an_unknown_name_is_named() =>
        Assert.Equal(["page.md:2: no compiled code is named 'bye'."], Complaints("<!-- snippet: bye -->\n```csharp\nSay(\"bye\");\n```\n"));

    [Fact]
    public void A_snippet_that_no_page_shows_is_named() =>
        Assert.Equal(["no page shows the snippet 'hello'."], SnippetRules.CodeIsShown([new MarkdownFile("page.md", "")], Known.Keys));

    [Fact]
    public void Pieces_of_one_name_are_one_snippet_at_the_left_margin()
    {
        var file = new SourceFile("A.cs", """
            // <a>
            using B;
            // </a>
            class C
            {
                // <a>
                if (true)
                {
                    D();
                }
                // </a>
            }
            """);

        Assert.Equal("using B;\n\nif (true)\n{\n    D();\n}\n", CompiledCode.In([file])["a"]);
    }

    private static IEnumerable<string> Complaints(string text) =>
        SnippetRules.FencesAreCompiledCode([new MarkdownFile("page.md", text)], Known);
}
