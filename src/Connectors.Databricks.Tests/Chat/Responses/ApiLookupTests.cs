using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>The API that the workspace reports for an endpoint or a model service, where served entities are looked up.</summary>
public class ApiLookupTests
{
    private const string Answer =
        """{"id":"r","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi."}]}]}""";

    private const string ChatPath = "/serving-endpoints/travel/invocations";

    [Theory]
    [InlineData("agent/v1/responses", "/serving-endpoints/responses")]
    [InlineData("agent/v2/responses", "/serving-endpoints/responses")]
    [InlineData("agent/v1/chat", ChatPath)]
    [InlineData("agent/v2/chat", ChatPath)]
    [InlineData("llm/v1/chat", ChatPath)]
    [InlineData("", ChatPath)]
    public async Task The_task_of_an_endpoint_selects_the_API(string task, string path)
    {
        var service = new VerbatimService().Answers(Endpoint(task)).Answers(path == ChatPath ? Some.ChatBody : Answer);

        var response = await LookingUp(service).GetChatClient("travel").GetResponseAsync("Hi");

        Assert.Equal([path], service.Sent.Skip(1).Select(sent => sent.Uri.AbsolutePath));
        Assert.Empty(response.GetRequestAdjustments());
    }

    [Theory]
    [InlineData("agent/v1/responses")]
    [InlineData("agent/v1/chat")]
    [InlineData("agent/v2/chat")]
    public async Task An_agent_of_any_task_is_not_retried(string task)
    {
        var service = new VerbatimService().Answers(Endpoint(task)).Answers("", HttpStatusCode.BadGateway);

        await Failure.Of(LookingUp(service, options => options.RetriesAtOnce(2)).GetChatClient("travel"));

        Assert.Equal(2, service.Sent.Count);
    }

    [Theory]
    [InlineData("""["mlflow/v1/responses"]""", "/ai-gateway/mlflow/v1/responses")]
    [InlineData("""["MLflow/v1/Responses",5]""", "/ai-gateway/mlflow/v1/responses")]
    [InlineData("""["responses"]""", "/ai-gateway/mlflow/v1/responses")]
    [InlineData("""["chat","responses"]""", "/ai-gateway/mlflow/v1/chat/completions")]
    [InlineData("""["mlflow/v1/chat/completions","mlflow/v1/responses"]""", "/ai-gateway/mlflow/v1/chat/completions")]
    [InlineData("""["mlflow/v1/chat/completions"]""", "/ai-gateway/mlflow/v1/chat/completions")]
    [InlineData("""["anthropic/v1/messages"]""", "/ai-gateway/mlflow/v1/chat/completions")]
    [InlineData("[]", "/ai-gateway/mlflow/v1/chat/completions")]
    public async Task The_API_types_of_a_model_service_select_the_API(string apis, string path)
    {
        var service = new VerbatimService { HasModelServices = true }
            .Answers($$"""{"name":"model-services/main.ai.helper","supported_api_types":{{apis}}}""")
            .Answers(path.EndsWith("responses", StringComparison.Ordinal) ? Answer : Some.ChatBody);

        await LookingUp(service).GetChatClient("main.ai.helper").GetResponseAsync("Hi");

        Assert.Equal(path, service.Sent[^1].Uri.AbsolutePath);
    }

    [Fact]
    public async Task A_set_API_takes_precedence()
    {
        var service = new VerbatimService().Answers(Endpoint("agent/v1/responses")).Answers(Some.ChatBody);

        await LookingUp(service, options => options.Chat.Api = DatabricksChatApi.ChatCompletions)
            .GetChatClient("travel").GetResponseAsync("Hi");

        Assert.Equal(ChatPath, service.Sent[^1].Uri.AbsolutePath);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_agent_of_the_emulator_is_called_without_a_rejection(bool isStream)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var chat = Client(emulator, options => options.Chat.LookUpServedEntities = true).GetChatClient("task-agent");

        Assert.Equal("ok", await SayAsync(chat, isStream));
        Assert.Equal("ok", await SayAsync(chat, isStream));

        Assert.Equal(
            ["/serving-endpoints/responses 200", "/serving-endpoints/responses 200"],
            emulator.Requests.Where(request => request.Method == "POST").Select(request => $"{request.Path} {request.StatusCode}"));
    }

    [Theory]
    [InlineData(DatabricksChatApi.Auto, false, 2)]
    [InlineData(DatabricksChatApi.Auto, true, 2)]
    [InlineData(DatabricksChatApi.Responses, false, 1)]
    [InlineData(DatabricksChatApi.Responses, true, 1)]
    public async Task A_route_optimized_agent_is_called_at_its_own_address(DatabricksChatApi api, bool isStream, int requests)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint("task-agent").OptimizesRoutes();
        var chat = Client(emulator, options =>
        {
            options.Credential = null;
            options.Authentication.AuthType = "oauth-m2m";
            (options.Authentication.ClientId, options.Authentication.ClientSecret) = (emulator.ClientId, emulator.ClientSecret);
            options.UseRouteOptimization = true;
            options.Chat.Api = api;
        }).GetChatClient("task-agent");

        Assert.Equal("ok", await SayAsync(chat, isStream));

        var address = emulator.Endpoint("task-agent").EndpointUrl!.AbsolutePath;
        Assert.Equal(requests, emulator.Requests.Count(request => request.Path == address));
        Assert.DoesNotContain(emulator.Requests, request => request.Path.EndsWith("/responses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("system.ai.gpt-5-2", "/ai-gateway/mlflow/v1/responses", "/ai-gateway/openai/v1/responses")]
    [InlineData("databricks-claude-sonnet-4-5", "/serving-endpoints/open-responses", "/ai-gateway/mlflow/v1/responses")]
    [InlineData("databricks-gpt-5-2", "/serving-endpoints/responses", "/serving-endpoints/open-responses")]
    [InlineData("task-agent", "/serving-endpoints/responses", null)]
    public async Task The_next_path_serves_it_where_the_workspace_does_not_have_the_first(string name, string missing, string? next)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(
            new DatabricksEmulatorOptions { Quirks = { MissingPaths = [missing] } });
        var chat = Client(emulator, options =>
        {
            options.Chat.Api = DatabricksChatApi.Responses;
            options.Chat.LookUpServedEntities = true;
        }).GetChatClient(name);

        Assert.Equal("ok", await SayAsync(chat, isStream: false));
        Assert.Equal("ok", await SayAsync(chat, isStream: true));

        next ??= $"/serving-endpoints/{name}/invocations";
        Assert.Equal(
            [$"{missing} 404", $"{next} 200", $"{next} 200"],
            emulator.Requests.Where(request => request.Method == "POST").Select(request => $"{request.Path} {request.StatusCode}"));
    }

    private static DatabricksServingClient LookingUp(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(options =>
        {
            options.Chat.LookUpServedEntities = true;
            configure?.Invoke(options);
        });

    private static string Endpoint(string task) =>
        $$"""{"name":"travel","task":"{{task}}","config":{"served_entities":[{"entity_name":"main.agents.travel","name":"a"}]} }""";

    private static async Task<string> SayAsync(IChatClient chat, bool isStream) => (isStream
        ? await chat.GetStreamingResponseAsync("Say 'ok'").ToChatResponseAsync()
        : await chat.GetResponseAsync("Say 'ok'")).Text;

    private static DatabricksServingClient Client(DatabricksEmulator emulator, Action<DatabricksServingOptions> configure)
    {
        var options = new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            Resilience = { Retry = null },
        };
        configure(options);
        return new(options, new IsolatedPlatform(TimeProvider.System));
    }
}
