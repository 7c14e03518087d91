using System.Diagnostics;
using System.Net;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Kernels on an <see cref="IChatClient"/>, and what is built on one.</summary>
public class ChatClientTests
{
    private static readonly Call Weather = Call.Weather() with { Name = "City_Weather" };

    public static TheoryData<string, OpenAIPromptExecutionSettings> Settings { get; } = new()
    {
        { "sampling", new() { Temperature = 0.7, TopP = 0.9, Seed = 42, FrequencyPenalty = 0.5, PresencePenalty = -0.5 } },
        { "stop", new() { StopSequences = ["END", "\n\n"] } },
        { "format", new() { ResponseFormat = "json_object" } },
        { "effort", new() { ReasoningEffort = "high" } },
        { "tool call behavior", new() { ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions } },
    };

    [Fact]
    public Task A_prompt_invokes_functions_over_the_chat_client_of_the_kernel() => SideBySide.RunAsync(
        [Reply.Calls(Weather), Reply.Text("Sunny.")],
        async app => (await NewKernel(app).InvokePromptAsync("Weather?", new(Ask.Auto))).ToString(),
        AcceptedDifferences.ClosedSchema);

    [Fact]
    public Task A_streamed_prompt_invokes_functions_over_the_chat_client_of_the_kernel() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Weather), Reply.Streamed("Sun", "ny.")],
        async app => string.Concat(await NewKernel(app).InvokePromptStreamingAsync<string>("Weather?", new(Ask.Auto)).ToListAsync()),
        AcceptedDifferences.ClosedSchema);

    [Fact]
    public Task A_chat_client_invokes_kernel_functions_given_as_tools() => SideBySide.RunAsync(
        [Reply.Calls(Weather), Reply.Text("Sunny.")],
        async app =>
        {
            var kernel = NewKernel(app);
            var options = new ChatOptions { Tools = [.. kernel.Plugins["City"].Select(function => function.WithKernel(kernel))] };
            var response = await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Weather?", options);
            return new { response.Text, Reason = response.FinishReason?.Value, Roles = response.Messages.Select(message => message.Role) };
        },
        AcceptedDifferences.ClosedSchema, AcceptedDifferences.DefaultToolChoice, AcceptedDifferences.ResultFromJson);

    [Fact]
    public Task A_required_function_is_required_once() => SideBySide.RunAsync(
        [Reply.Calls(Weather), Reply.Text("Sunny.")],
        async app => (await NewKernel(app).InvokePromptAsync(
            "Weather?", new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Required() }))).ToString(),
        AcceptedDifferences.ClosedSchema, AcceptedDifferences.DefaultToolChoice);

    [Theory]
    [MemberData(nameof(Settings))]
    public Task Settings_of_the_OpenAI_connector_are_sent(string name, OpenAIPromptExecutionSettings settings) => SideBySide.RunAsync(
        [Reply.Text(name)],
        async app => (await NewKernel(app).InvokePromptAsync("Well?", new(settings))).ToString(),
        name is "sampling" or "stop" ? [AcceptedDifferences.NotInResponses] : []);

    [Fact]
    public Task Settings_without_a_counterpart_are_sent()
    {
        OpenAIPromptExecutionSettings settings = new()
        {
            User = "user-7", Logprobs = true, TopLogprobs = 2, Store = true,
            Metadata = new Dictionary<string, string> { ["team"] = "blue" }, TokenSelectionBiases = new Dictionary<int, int> { [11] = 5 },
        };
        return SideBySide.RunAsync(
            [Reply.Text("Yes.")],
            async app => (await NewKernel(app).InvokePromptAsync("Well?", new(settings))).ToString(),
            AcceptedDifferences.ExtraSettings);
    }

    [Fact]
    public Task Extra_members_of_the_body_are_those_of_each_connector() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        async app => (await NewKernel(app).InvokePromptAsync("Well?", new(new OpenAIPromptExecutionSettings
        {
            ExtraBody = new Dictionary<string, object?> { ["top_k"] = 40, ["$.thinking.type"] = "enabled" },
        }))).ToString(),
        AcceptedDifferences.ExtraBody);

    [Fact]
    public Task A_chat_client_of_a_container_invokes_functions_and_reports_to_its_source() => SideBySide.RunAsync(
        [Reply.Calls(Weather), Reply.Text("Sunny.")],
        async app =>
        {
            const string Source = "comparison.chat-client";
            var activities = new List<Activity>();
            using var tracer = Sdk.CreateTracerProviderBuilder().AddSource(Source).AddInMemoryExporter(activities).Build();
            var services = new ServiceCollection();
            app.Connector.AddChatClient(services, app.Http, "smart", Source);
            services.AddKernel().Plugins.AddFromObject(app.City, "City");
            await using var provider = services.BuildServiceProvider(
                new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
            await using var scope = provider.CreateAsyncScope();
            var kernel = scope.ServiceProvider.GetRequiredService<Kernel>();
            var settings = Ask.Auto;
            settings.ServiceId = "smart";
            var result = await kernel.InvokePromptAsync("Weather?", new(settings));
            return new { Text = result.ToString(), Activities = activities.Select(activity => activity.DisplayName).ToArray() };
        },
        AcceptedDifferences.ClosedSchema);

    [Fact]
    public Task A_chat_client_serves_as_a_chat_completion_service() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        async app =>
        {
            var kernel = NewKernel(app);
            var chat = kernel.GetRequiredService<IChatClient>().AsChatCompletionService(kernel.Services);
            return (await chat.GetChatMessageContentAsync("Weather?", Ask.Auto, kernel)).Content;
        },
        AcceptedDifferences.ClosedSchema);

    [Fact]
    public Task A_chat_completion_service_serves_as_a_chat_client() => SideBySide.RunAsync(
        [Reply.Text("Sunny."), Reply.Streamed("Sun", "ny.")],
        async app =>
        {
            using var client = app.Chat.AsChatClient();
            ChatOptions options = new()
            {
                Temperature = 0.5f, MaxOutputTokens = 20, StopSequences = ["END"], ResponseFormat = ChatResponseFormat.Json,
            };
            var response = await client.GetResponseAsync("Weather?", options);
            var updates = await client.GetStreamingResponseAsync("Weather?", options).ToListAsync();
            return new { response.Text, Streamed = string.Concat(updates) };
        },
        AcceptedDifferences.MaxTokens, AcceptedDifferences.MaxOutputTokens, AcceptedDifferences.NotInResponses);

    [Fact]
    public Task A_failed_request_of_a_chat_client_throws() => SideBySide.RunAsync(
        [Reply.Error(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED", "No.")],
        async app => new { Type = (await Record.ExceptionAsync(() => NewKernel(app).InvokePromptAsync("Hello")))?.GetType().Name },
        AcceptedDifferences.FailedClient);

    [Fact]
    public Task An_agent_of_the_Agent_Framework_keeps_its_session() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather() with { Name = "Weather" }), Reply.Text("Sunny."), Reply.Text("Yes.")],
        async app =>
        {
            var agent = app.Chat.AsChatClient().AsAIAgent(
                instructions: "You answer about the weather.", tools: [AIFunctionFactory.Create(app.City.Weather)]);
            var session = await agent.CreateSessionAsync();
            return new[]
            {
                (await agent.RunAsync("Weather in Bonn?", session)).Text,
                (await agent.RunAsync("Really?", session)).Text,
            };
        },
        AcceptedDifferences.ResultFromJson);

    private static Kernel NewKernel(App app)
    {
        var builder = Kernel.CreateBuilder();
        app.Connector.AddChatClient(builder, app.Http);
        builder.Plugins.AddFromObject(app.City, "City");
        return builder.Build();
    }
}
