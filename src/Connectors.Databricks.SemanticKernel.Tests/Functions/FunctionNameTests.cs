using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.SemanticKernel.FunctionCallContent;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

/// <summary>
/// Names of plugins and functions that are, joined, no tool name for the model: sent under another name, mapped back, and run. Source of
/// the long one: https://github.com/microsoft/foundry-dev-tools/issues/723.
/// </summary>
public partial class FunctionNameTests
{
    private const string Gemini = "databricks-gemini-3-1-pro";
    private const string LongPlugin = "product_management_notion_workspace_plugin";
    private const string LongFunction = "get_database_query_results_page_by_id";

    private const string Page7 = """{"page":"7"}""";

    private static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    public static TheoryData<string, string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, string, bool>();
        foreach (var streams in (bool[])[false, true])
        {
            cases.Add(EmulatedKernel.Gpt, LongPlugin, LongFunction, streams);
            cases.Add(EmulatedKernel.Claude, LongPlugin, LongFunction, streams);
            cases.Add(Gemini, LongPlugin, LongFunction, streams);
            cases.Add(Gemini, "3d", "print", streams);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_function_runs_whatever_its_name(string endpoint, string plugin, string function, bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(endpoint);
        List<string> pages = [];
        Offer(fixture, plugin, Function(function, pages));
        await fixture.AnswerAsync([new(AuthorRole.User, "Hello")], Auto, streams);
        var onWire = ToolNames(fixture.Sent()).Single()!;
        fixture.Endpoint.CallsTool(onWire, Page7).Replies("Empty.");
        ChatHistory history = [new(AuthorRole.User, "Read page 7.")];

        var answer = await fixture.AnswerAsync(history, Auto, streams);

        Assert.NotEqual($"{plugin}-{function}", onWire);
        Assert.Matches(Everywhere(), onWire);
        Assert.Equal("Empty.", answer);
        Assert.Equal(["7"], pages);
        var call = Assert.Single(FunctionCallContent.GetFunctionCalls(history[1]));
        Assert.Equal((plugin, function), (call.PluginName, call.FunctionName));
        Assert.Equal([onWire], ToolNames(fixture.Sent()));
        Assert.Equal(onWire, (string?)fixture.Sent()["messages"]![1]!["tool_calls"]![0]!["function"]!["name"]);
    }

    // Plugins of a kernel cannot have dots in their names; tools of its chat client can, as those of MCP servers.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_with_dots_in_its_name_runs_in_the_chat_client_of_a_kernel(bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var kernel = Kernel.CreateBuilder().AddDatabricksChatClient(EmulatedKernel.Gpt, fixture.Serving).Build();
        var chat = kernel.GetRequiredService<IChatClient>();
        List<string> pages = [];
        var options = new ChatOptions { Tools = [Tool("local.netcore.getMacroList", pages)] };
        await chat.GetResponseAsync("Hello", options);
        var onWire = ToolNames(fixture.Sent()).Single()!;
        fixture.Endpoint.CallsTool(onWire, Page7).Replies("Empty.");

        var response = streams
            ? await chat.GetStreamingResponseAsync("Read page 7.", options).ToChatResponseAsync()
            : await chat.GetResponseAsync("Read page 7.", options);

        Assert.Matches(Everywhere(), onWire);
        Assert.Equal(["7"], pages);
        Assert.Equal(
            ["local.netcore.getMacroList"],
            response.Messages.SelectMany(message => message.Contents).OfType<Microsoft.Extensions.AI.FunctionCallContent>()
                .Select(call => call.Name));
        Assert.Equal("Empty.", response.Text);
    }

    [Fact]
    public async Task Long_names_with_the_same_start_stay_apart()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        List<string> first = [], second = [];
        Offer(fixture, LongPlugin, Function($"{LongFunction}_1", first), Function($"{LongFunction}_2", second));
        await fixture.AnswerAsync([new(AuthorRole.User, "Hello")], Auto, streams: false);
        var names = ToolNames(fixture.Sent());
        fixture.Endpoint.CallsTool(names[1]!, Page7).Replies("Empty.");

        await fixture.AnswerAsync([new(AuthorRole.User, "Read page 7.")], Auto, streams: false);

        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(Everywhere(), name));
        Assert.Empty(first);
        Assert.Equal(["7"], second);
    }

    [Fact]
    public async Task A_required_function_with_such_a_name_is_the_one_offered()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        List<string> pages = [];
        var function = Function(LongFunction, pages);
        Offer(fixture, LongPlugin, function);
        var settings = new PromptExecutionSettings
        {
            FunctionChoiceBehavior = FunctionChoiceBehavior.Required([fixture.Kernel.Plugins[LongPlugin][LongFunction]]),
        };

        await fixture.AnswerAsync([new(AuthorRole.User, "Read the page.")], settings, streams: false);

        Assert.Single(pages);
        Assert.Matches(Everywhere(), ToolNames(fixture.Sent(0)).Single());
    }

    private static void Offer(EmulatedKernel fixture, string plugin, params KernelFunction[] functions)
    {
        fixture.Kernel.Plugins.Clear();
        fixture.Kernel.Plugins.AddFromFunctions(plugin, functions);
    }

    private static KernelFunction Function(string name, List<string> pages) => Tool(name, pages).AsKernelFunction();

    private static AIFunction Tool(string name, List<string> pages) => AIFunctionFactory.Create(
        (string page) =>
        {
            pages.Add(page);
            return "Empty.";
        },
        name, "Reads a page.");

    private static List<string?> ToolNames(JsonNode body) =>
        [.. body["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"])];

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$")]
    private static partial Regex Everywhere();
}
