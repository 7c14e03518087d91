using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Management;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

/// <summary>What a model does with the plugin, over real HTTP.</summary>
public class EndpointPluginTests
{
    private static readonly DatabricksPromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Fact]
    public async Task Each_tool_is_described_to_the_model_as_the_connector_describes_it()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        var plugin = fixture.Kernel.ImportDatabricksEndpoints(Queries, fixture.Serving, additionalTools: Changes(_ => true));
        var tools = fixture.Serving.Directory.CreateTools(Queries).Concat(Changes(_ => true)(fixture.Serving)).ToList();

        await fixture.Chat.GetChatMessageContentsAsync("Hello", Only(plugin), fixture.Kernel);

        Assert.Equal(tools.Count, plugin.FunctionCount);
        Assert.Equal(
            tools.Select(tool => Line($"DatabricksEndpoints-{tool.Name}", tool.Description, tool.JsonSchema.GetRawText())),
            fixture.Sent()["tools"]!.AsArray().Select(tool => tool!["function"]!).Select(
                tool => Line((string)tool["name"]!, (string)tool["description"]!, tool["parameters"]!.ToJsonString())));
    }

    private static string Line(string name, string description, string schema) =>
        $"{name}: {description} {JsonNode.Parse(schema)!.ToJsonString()}";

    private static DatabricksPromptExecutionSettings Only(KernelPlugin plugin) =>
        new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(plugin) };

    [Fact]
    public async Task Under_the_longest_name_each_tool_still_has_a_name_that_endpoints_accept()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var plugin = fixture.Kernel.ImportDatabricksEndpoints(
            Queries, fixture.Serving, new string('P', 40), Changes(_ => true));

        await fixture.Chat.GetChatMessageContentsAsync("Hello", Only(plugin), fixture.Kernel);

        var names = fixture.Sent()["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!).ToList();
        Assert.All(names, name => Assert.Matches("^[a-zA-Z0-9_-]{41,64}$", name));
        Assert.Contains(names, name => name.Length == 64);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_lists_and_gets_endpoints(bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Kernel.ImportDatabricksEndpoints(client: fixture.Serving);
        fixture.Endpoint
            .CallsTool("DatabricksEndpoints-list_serving_endpoints", """{"mode":"embedding","ready":true}""")
            .CallsTool("DatabricksEndpoints-get_serving_endpoint", """{"name":"databricks-gte-large-en"}""")
            .Replies("It is GTE.");

        var answer = await AskAsync(fixture, "Which model embeds texts?", streams);

        Assert.Equal("It is GTE.", answer);
        Assert.Equal(
            [
                await ToolAsync(fixture, "list_serving_endpoints", ("mode", "embedding"), ("ready", true)),
                await ToolAsync(fixture, "get_serving_endpoint", ("name", "databricks-gte-large-en")),
            ],
            Results(fixture));
        Assert.Contains("databricks-gte-large-en", Results(fixture)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_names_no_endpoint_reads_what_it_may_have_meant()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Kernel.ImportDatabricksEndpoints(client: fixture.Serving);
        fixture.Endpoint.CallsTool("DatabricksEndpoints-get_serving_endpoint", """{"name":"databricks-gte-large"}""").Replies("Sorry.");

        await AskAsync(fixture, "What is GTE?");

        Assert.StartsWith(
            """{"error":"There is no endpoint 'databricks-gte-large'. Did you mean 'databricks-gte-large-en'""",
            Results(fixture).Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_asks_another_one_where_the_app_allows_it()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Kernel.ImportDatabricksEndpoints(new EndpointToolOptions { AllowQueries = true }, fixture.Serving);
        var other = fixture.Emulator.Endpoint(EmulatedKernel.Llama).Replies("Forty-two.");
        fixture.Endpoint.CallsTool(
            "DatabricksEndpoints-query_endpoint",
            $$"""{"name":"{{EmulatedKernel.Llama}}","question":"What is six times seven?","max_tokens":20}""").Replies("Llama says 42.");

        await AskAsync(fixture, "Ask Llama.");

        Assert.Equal(["""{"answer":"Forty-two."}"""], Results(fixture));
        Assert.Equal(20, (int?)other.Requests.Single().Json!["max_tokens"]);
    }

    [Fact]
    public async Task A_result_is_as_short_for_a_kernel_as_anywhere()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Emulator.AddManyEndpoints(200);
        fixture.Kernel.ImportDatabricksEndpoints(new EndpointToolOptions { MaxResultLength = 700 }, fixture.Serving);
        fixture.Endpoint
            .CallsTool("DatabricksEndpoints-list_serving_endpoints", "{}")
            .CallsTool("DatabricksEndpoints-get_serving_endpoint", $$"""{"name":"{{new string('e', 60_000)}}"}""")
            .CallsTool("DatabricksEndpoints-list_serving_endpoints", $$"""{"mode":"{{new string('m', 2_000)}}"}""")
            .Replies("Many.");

        await AskAsync(fixture, "What is served?");

        Assert.All(Results(fixture), result => Assert.InRange(JsonNode.Parse(result)!.AsObject().Count > 0 ? result.Length : 0, 1, 700));
        Assert.Equal(3, Results(fixture).Count);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_change_waits_for_consent(bool isAgreed, bool keepsTypes)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Emulator.AddClassicEndpoint("churn").SplitsTraffic(("champion", "1", 90), ("challenger", "2", 10));
        List<EndpointChange> asked = [];
        fixture.Kernel.ImportDatabricksEndpoints(
            client: fixture.Serving,
            additionalTools: Changes(change =>
            {
                asked.Add(change);
                return isAgreed;
            }));
        fixture.Endpoint.CallsTool(
            "DatabricksEndpoints-set_endpoint_traffic",
            """{"name":"churn","percentages":{"champion":40,"challenger":60}}""").Replies("So be it.");
        var behavior = FunctionChoiceBehavior.Auto(options: new FunctionChoiceBehaviorOptions { RetainArgumentTypes = keepsTypes });

        await fixture.Chat.GetChatMessageContentsAsync("Shift.", new() { FunctionChoiceBehavior = behavior }, fixture.Kernel);

        const string What = "Share the calls of endpoint 'churn' out: 'champion' 40 %, 'challenger' 60 %.";
        Assert.Equal([("set_endpoint_traffic", "churn", What)],
            asked.Select(change => (change.ToolName, change.EndpointName, change.Description)));
        Assert.Equal(
            [
                isAgreed
                    ? $$"""{"done":true,"what":"{{What}}"}"""
                    : """{"done":false,"note":"The user denied the change. Do not repeat it unless the user requests it."}""",
            ],
            Results(fixture));
        Assert.Equal(
            isAgreed ? 40 : 90, (await fixture.Serving.GetManagementClient().GetAsync("churn")).Config!.Traffic!.PercentageOf("champion"));
    }

    [Fact]
    public async Task A_chat_client_in_a_kernel_calls_the_tools_too()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var kernel = Kernel.CreateBuilder().AddDatabricksChatClient(EmulatedKernel.Gpt, fixture.Serving).Build();
        var plugin = kernel.ImportDatabricksEndpoints(client: fixture.Serving);
        fixture.Endpoint.CallsTool("DatabricksEndpoints_list_serving_endpoints", """{"mode":"embedding"}""").Replies("GTE, and more.");

        var answer = await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Which models embed?", Auto.ToChatOptions(kernel));

        Assert.Equal("GTE, and more.", answer.Text);
        Assert.Equal([await ToolAsync(fixture, "list_serving_endpoints", ("mode", "embedding"))], Results(fixture));
        Assert.Same(plugin["list_serving_endpoints"], plugin["DatabricksEndpoints_list_serving_endpoints"]);
    }

    private static async Task<string> AskAsync(EmulatedKernel fixture, string question, bool streams = false)
    {
        if (!streams)
        {
            return (await fixture.Chat.GetChatMessageContentAsync(question, Auto, fixture.Kernel)).Content!;
        }

        var text = "";
        await foreach (var update in fixture.Chat.GetStreamingChatMessageContentsAsync(question, Auto, fixture.Kernel))
        {
            text += update.Content;
        }

        return text;
    }

    /// <summary>What the model has read of its calls, in the last request.</summary>
    private static List<string> Results(EmulatedKernel fixture) =>
        [
            .. fixture.Sent()["messages"]!.AsArray().Where(message => (string?)message!["role"] == "tool")
                .Select(message => (string)message!["content"]!),
        ];

    private static async Task<string> ToolAsync(EmulatedKernel fixture, string name, params (string Name, object Value)[] arguments)
    {
        var tool = fixture.Serving.Directory.CreateTools().Single(tool => tool.Name == name);
        var result = await tool.InvokeAsync(new AIFunctionArguments(arguments.ToDictionary(one => one.Name, one => (object?)one.Value)));
        return ((JsonElement)result!).GetRawText();
    }

    private static EndpointToolOptions Queries => new() { AllowQueries = true };

    private static Func<DatabricksServingClient, IEnumerable<AIFunction>> Changes(Func<EndpointChange, bool> agrees) =>
        serving => serving.GetManagementClient().CreateTools(new ManagementToolOptions
        {
            AllowChanges = true,
            ApproveChange = (change, _) => new(agrees(change)),
        });
}
