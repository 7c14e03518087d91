using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>Which API a chat client uses, on an emulator that knows nothing of the client.</summary>
public sealed class ApiSelectionTests : IAsyncDisposable
{
    private DatabricksEmulator? _emulator;

    private string[] Paths => [.. _emulator!.Requests.Select(request => $"{request.Path} {request.StatusCode}")];

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(DatabricksChatApi.Auto, "/serving-endpoints/databricks-gpt-5-2/invocations 200")]
    [InlineData(DatabricksChatApi.ChatCompletions, "/serving-endpoints/databricks-gpt-5-2/invocations 200")]
    [InlineData(DatabricksChatApi.Responses, "/serving-endpoints/responses 200")]
    public async Task The_option_decides(DatabricksChatApi api, string expected)
    {
        var chat = await ChatAsync("databricks-gpt-5-2", api);

        await chat.GetResponseAsync("Hi");

        Assert.Equal([expected], Paths);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_agent_that_requires_input_is_found_once(bool isStream)
    {
        var chat = await ChatAsync("task-agent", DatabricksChatApi.Auto);

        var first = await AskAsync(chat, isStream);
        var second = await AskAsync(chat, isStream);

        Assert.Equal(
            ["/serving-endpoints/task-agent/invocations 400", "/serving-endpoints/responses 200", "/serving-endpoints/responses 200"],
            Paths);
        Assert.All(
            [first, second],
            response => Assert.Equal("api", response.GetRequestAdjustments().Single(adjustment => adjustment.Field == "api").Field));
        Assert.Equal("ok", first.Text);
    }

    [Fact]
    public async Task An_agent_is_not_called_again_when_chat_completions_are_set()
    {
        var chat = await ChatAsync("task-agent", DatabricksChatApi.ChatCompletions);

        await Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync("Say 'ok'"));

        Assert.Single(Paths);
    }

    [Fact]
    public async Task Other_families_use_the_translated_path_of_serving_endpoints()
    {
        var chat = await ChatAsync("databricks-claude-sonnet-4-5", DatabricksChatApi.Responses);

        Assert.Equal("ok", (await chat.GetResponseAsync("Say 'ok'")).Text);

        Assert.Equal(["/serving-endpoints/open-responses 200"], Paths);
    }

    [Fact]
    public async Task An_unknown_name_is_translated_after_the_native_path_rejected_it()
    {
        var chat = await ChatAsync("our-model", DatabricksChatApi.Responses, emulator =>
            emulator.AddExternalEndpoint("our-model", "anthropic", "claude-sonnet-4-5"));

        await chat.GetResponseAsync("Say 'ok'");
        await chat.GetResponseAsync("Say 'ok'");

        Assert.Equal(
            ["/serving-endpoints/responses 400", "/serving-endpoints/open-responses 200", "/serving-endpoints/open-responses 200"], Paths);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.GatewayEnforced)]
    [InlineData(EmulatedWorkspace.Classic)]
    public async Task On_Unity_Gateway_there_is_one_path(EmulatedWorkspace workspace)
    {
        var chat = await ChatAsync("system.ai.claude-sonnet-4-5", DatabricksChatApi.Responses, workspace: workspace);

        Assert.Equal("ok", (await chat.GetResponseAsync("Say 'ok'")).Text);

        Assert.Equal(["/ai-gateway/mlflow/v1/responses 200"], Paths);
    }

    [Fact]
    public async Task A_model_with_Responses_alone_uses_it()
    {
        var service = new VerbatimService().Answers("""{"id":"r","output":[{"type":"message","role":"assistant","content":"Hi"}]}""");

        await service.Client().GetChatClient("system.ai.gpt-5-3-codex").GetResponseAsync("Hi");

        Assert.Equal("/ai-gateway/mlflow/v1/responses", service.Sent.Single().Uri.AbsolutePath);
    }

    [Theory]
    [InlineData("system.ai.gpt-6-astra", false, "/ai-gateway/mlflow/v1/chat/completions")]
    [InlineData("system.ai.gpt-6-astra", true, "/ai-gateway/mlflow/v1/responses")]
    [InlineData("system.ai.gpt-5-4", true, "/ai-gateway/mlflow/v1/responses")]
    [InlineData("databricks-gpt-5-4", true, "/serving-endpoints/responses")]
    [InlineData("databricks-gpt-5-4", false, "/serving-endpoints/databricks-gpt-5-4/invocations")]
    [InlineData("databricks-gpt-5-4-mini", true, "/serving-endpoints/databricks-gpt-5-4-mini/invocations")]
    public async Task A_model_whose_tools_require_Responses_uses_it_with_tools(string model, bool hasTools, string path)
    {
        var service = new VerbatimService().Answers(
            path.EndsWith("/responses", StringComparison.Ordinal)
                ? """{"id":"r","output":[{"type":"message","role":"assistant","content":"Hi"}]}"""
                : Some.ChatBody);

        await service.Client().GetChatClient(model).GetResponseAsync(
            "Hi", new ChatOptions { Tools = hasTools ? [AIFunctionFactory.Create(() => 1, "one")] : null });

        Assert.Equal(path, service.Sent.Single().Uri.AbsolutePath);
    }

    [Fact]
    public async Task Concurrent_first_calls_all_succeed()
    {
        var chat = await ChatAsync("task-agent", DatabricksChatApi.Auto);

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => chat.GetResponseAsync("Say 'ok'")));

        Assert.All(responses, response => Assert.Equal("ok", response.Text));
    }

    [Fact]
    public async Task A_conversation_id_stays_null()
    {
        var chat = await ChatAsync("system.ai.gpt-5-2", DatabricksChatApi.Responses);

        Assert.Null((await chat.GetResponseAsync("Hi")).ConversationId);
    }

    private static async Task<ChatResponse> AskAsync(IChatClient chat, bool isStream) => isStream
        ? await chat.GetStreamingResponseAsync("Say 'ok'").ToChatResponseAsync()
        : await chat.GetResponseAsync("Say 'ok'");

    private async Task<IChatClient> ChatAsync(
        string name, DatabricksChatApi api, Action<DatabricksEmulator>? configure = null,
        EmulatedWorkspace workspace = EmulatedWorkspace.Classic)
    {
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = workspace });
        configure?.Invoke(_emulator);
        return new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token))
            .GetChatClient(name, new DatabricksChatOptions { Api = api });
    }
}
