using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Chat.Histories;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.Models.Schemas;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>
/// A strict emulator, which rejects what any host of a model rejects and knows nothing of the connector, answers every request of it: all
/// schemas, names of tools, options and histories.
/// </summary>
public sealed class StrictWorkspaceTests : IAsyncLifetime
{
    private static readonly int Seed = FuzzRun.SeedOf(20261130);

    private static readonly int Rounds = Math.Max(100, FuzzRun.Inputs / 100);

    private static readonly string[] Names =
        ["local.netcore.getMacroList", "3d_print", "look", "mcp__plugin_product-management_notion__notion-get-database-query-results-page"];

    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public static TheoryData<string, string> Endpoints => new()
    {
        { "databricks-claude-sonnet-4-5", "claude" },
        { "databricks-claude-opus-4-8", "claude" },
        { "databricks-gpt-5-2", "openai" },
        { "databricks-gemini-3-1-pro", "gemini" },
        { "databricks-meta-llama-3-3-70b-instruct", "native" },
        { "databricks-gpt-oss-120b", "gpt-oss" },
        { "databricks-kimi-k3", "native" },
        { "databricks-inkling", "native" },
    };

    public async Task InitializeAsync()
    {
        // The signatures of the histories are made up.
        var options = new DatabricksEmulatorOptions { Strict = true, Quirks = { ClaudeVerifiesReasoning = false } };
        _emulator = await DatabricksEmulator.StartAsync(options);
        _serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = DatabricksCredential.FromToken(_emulator.Token),
            Chat = { ReplaceUnsupportedMedia = true, CorrectRejectedParameters = false },
        });
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Every_schema_and_every_name_is_accepted(string endpoint, string family)
    {
        Assert.NotEmpty(family);
        var random = Enumerable.Range(Seed, Rounds).Select(seed => new RandomSchemas(seed).Parameters().ToJsonString());
        var real = CollectedSchemas.Mcp.Concat(CSharpSchemas.All).Select(schema => schema.Value);
        foreach (var (index, schema) in real.Concat(random).Index())
        {
            var tools = Names.Select(name => AIFunctionFactory.CreateDeclaration(name, "Looks.", JsonElement.Parse(schema)));
            var options = new ChatOptions { Tools = [.. tools], AdditionalProperties = Strict(index % 2 == 0) };
            await Ask(endpoint, [new ChatMessage(ChatRole.User, "Hello?")], options, schema);
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Every_history_is_accepted(string endpoint, string family)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var history = new RandomHistory(new Random(Seed + round), endpoint, family).Messages();

            // The unknown parts are made up too, and so is reasoning in a form of another family.
            history.ForEach(message => message.Contents = [.. message.Contents.Where(content => IsOf(endpoint, content))]);
            var options = new ChatOptions
            {
                Tools = round % 3 == 0 ? [] : [AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonElement.Parse("{}"))],
                Reasoning = round % 2 == 0 ? new ReasoningOptions { Effort = ReasoningEffort.Medium } : null,
                ToolMode = round % 3 != 0 && round % 5 == 0 ? ChatToolMode.RequireAny : null,
            };
            await Ask(endpoint, history, options, $"round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_thinking_model_is_asked_for_a_tool(string endpoint, string family)
    {
        Assert.NotEmpty(family);
        ChatToolMode[] modes = [ChatToolMode.RequireAny, ChatToolMode.RequireSpecific("look"), ChatToolMode.None, ChatToolMode.Auto];
        foreach (var mode in modes)
        {
            var options = RichRequest.Options();
            options.Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonElement.Parse("{}"))];
            options.ToolMode = mode;
            options.ResponseFormat = null;

            // That GPT accepts it on Databricks is not known.
            options.Seed = null;
            await Ask(endpoint, [new ChatMessage(ChatRole.User, "Look.")], options, mode.ToString()!);
        }
    }

    private static bool IsOf(string endpoint, AIContent content) => content switch
    {
        TextReasoningContent { ProtectedData: { } data } when data.StartsWith("databricks:", StringComparison.Ordinal) =>
            endpoint.Contains("claude", StringComparison.Ordinal) ? !data.Contains("reasoning_content", StringComparison.Ordinal)
            : endpoint is "databricks-kimi-k3" or "databricks-inkling" && data.Contains("reasoning_content", StringComparison.Ordinal),
        _ => content.GetType() != typeof(AIContent),
    };

    private async Task Ask(string endpoint, List<ChatMessage> messages, ChatOptions options, string what)
    {
        try
        {
            await _serving.GetChatClient(endpoint).GetResponseAsync(messages, options);
        }
        catch (DatabricksServingException exception)
        {
            Assert.Fail($"{what}: {exception.Message}\n{_emulator.Endpoint(endpoint).Requests[^1].Json}");
        }
    }

    private static AdditionalPropertiesDictionary? Strict(bool isStrict) =>
        isStrict ? new() { [DatabricksPropertyNames.Strict] = true } : null;
}
