using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>What reaches the chat client, and how the route composes with the app.</summary>
public class ChatRequestTests
{
    [Fact]
    public async Task A_response_is_one_document_on_request()
    {
        await using var app = await ChatApp.StartAsync();
        app.Emulator.Endpoint(ChatApp.Model).Replies("One two.");

        var (status, json) = await app.PostAsync("/chat", ChatApp.Question, "application/json");

        Assert.Equal(
            (200, ChatApp.Model, "One two.", "stop", "text"),
            (status, (string?)json["endpoint"], (string?)json["text"], (string?)json["finishReason"],
                (string?)json["contents"]![0]!["type"]));
        Assert.Equal(
            (int)json["usage"]!["totalTokens"]!, (int)json["usage"]!["inputTokens"]! + (int)json["usage"]!["outputTokens"]!);
    }

    [Fact]
    public async Task A_denial_is_part_of_the_document()
    {
        await using var app = await ChatApp.StartAsync();
        app.Emulator.Endpoint(ChatApp.Model).DeniesByServicePolicy();

        var (status, json) = await app.PostAsync("/chat", ChatApp.Question, "application/json");

        Assert.Equal((200, "content_filter"), (status, (string?)json["finishReason"]));
        Assert.NotNull(json["denial"]!["phase"]);
    }

    [Fact]
    public async Task A_conversation_with_tools_and_reasoning_is_sent_back()
    {
        using var client = new ScriptedChatClient(null, new ChatResponseUpdate(ChatRole.Assistant, "Sunny."));
        await using var app = await ChatApp.StartAsync(client, options => options.AllowSystemMessages = true);

        var (status, _) = await app.PostAsync(
            "/chat",
            """
            {
              "messages": [
                { "role": "system", "content": "Be brief." },
                { "role": "user", "content": [{ "type": "text", "text": "Weather?" }, { "type": "image", "url": "https://example.com/a.png" }] },
                { "role": "assistant", "content": [
                  { "type": "reasoning", "text": "Hm.", "protectedData": "sig" },
                  { "type": "toolCall", "callId": "c1", "name": "weather", "arguments": "{\"city\":\"Paris\"}" }] },
                { "role": "tool", "content": [{ "type": "toolResult", "callId": "c1", "result": "sunny" }] }
              ],
              "temperature": 0.5, "topP": 0.9, "maxOutputTokens": 50, "reasoningEffort": "low"
            }
            """,
            "application/json");

        Assert.Equal(200, status);
        Assert.Equal(
            ["system: Be brief.", "user: Weather?", "user: UriContent", "assistant: Hm.", "assistant: weather Paris", "tool: c1 sunny"],
            client.Messages.SelectMany(message => message.Contents.Select(content => $"{message.Role}: " + content switch
            {
                TextReasoningContent thought => thought.Text,
                TextContent text => text.Text,
                FunctionCallContent call => $"{call.Name} {call.Arguments!["city"]}",
                FunctionResultContent result => $"{result.CallId} {result.Result}",
                _ => content.GetType().Name,
            })));
        var options = client.Options!;
        Assert.Equal(
            (0.5f, 0.9f, 50, ReasoningEffort.Low),
            (options.Temperature, options.TopP, options.MaxOutputTokens, options.Reasoning?.Effort));
    }

    [Fact]
    public async Task Calls_that_an_agent_ran_are_left_out_without_their_result()
    {
        using var client = new ScriptedChatClient(null, new ChatResponseUpdate(ChatRole.Assistant, "Sunny."));
        await using var app = await ChatApp.StartAsync(client);

        var (status, _) = await app.PostAsync(
            "/chat",
            """
            {
              "messages": [
                { "role": "user", "content": "Weather?" },
                { "role": "assistant", "content": [
                  { "type": "toolCall", "callId": "c1", "name": "search", "arguments": "{}", "isInformational": true }] },
                { "role": "assistant", "content": [
                  { "type": "toolCall", "callId": "c2", "name": "search", "arguments": "{}", "isInformational": true },
                  { "type": "text", "text": "Sunny." }] },
                { "role": "tool", "content": [{ "type": "toolResult", "callId": "c2", "result": "sunny" }] },
                { "role": "user", "content": "And tomorrow?" }
              ]
            }
            """,
            "application/json");

        Assert.Equal((200, 4), (status, client.Messages.Count));
        var call = Assert.Single(client.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("c2", true), (call.CallId, call.InformationalOnly));
    }

    [Fact]
    public async Task The_options_of_the_app_take_precedence()
    {
        using var client = new ScriptedChatClient(null, new ChatResponseUpdate(ChatRole.Assistant, "Hi."));
        await using var app = await ChatApp.StartAsync(client, options =>
        {
            options.MaxOutputTokens = 40;
            options.ConfigureOptions = (context, chat) =>
            {
                chat.Instructions = $"You help in {context.Request.Path}.";
                chat.Temperature = 0;
            };
        });

        await app.PostAsync("/chat", """{"messages":[{"role":"user","content":"hi"}],"temperature":1}""", "application/json");

        Assert.Equal(
            ("You help in /chat.", 0f, 40), (client.Options!.Instructions, client.Options.Temperature, client.Options.MaxOutputTokens));
    }

    [Fact]
    public async Task The_registered_client_has_no_endpoint_to_select()
    {
        using var client = new ScriptedChatClient(null, new ChatResponseUpdate(ChatRole.Assistant, "Hi."));
        await using var app = await ChatApp.StartAsync(client);

        Assert.Equal(404, (await app.PostAsync("/chat", """{"endpoint":"x","messages":[{"role":"user","content":"hi"}]}""")).Status);
        Assert.Equal(
            """{"text":"Hi.","contents":[{"type":"text","text":"Hi."}],"finishReason":"stop"}""",
            (await app.PostAsync("/chat", ChatApp.Question, "application/json")).Json.ToJsonString());
    }

    [Fact]
    public async Task The_factory_receives_the_allowed_endpoint()
    {
        using var client = new ScriptedChatClient(null, new ChatResponseUpdate(ChatRole.Assistant, "Hi."));
        List<string> names = [];
        await using var app = await ChatApp.StartAsync(options =>
        {
            options.Endpoints.UnionWith(["a", "b"]);
            options.ChatClientFactory = (_, name) =>
            {
                names.Add(name);
                return client;
            };
        });

        await app.PostAsync("/chat", """{"endpoint":"b","messages":[{"role":"user","content":"hi"}]}""", "application/json");

        Assert.Equal(["b"], names);
    }

    [Fact]
    public async Task Rate_limiting_and_authorization_of_the_app_apply()
    {
        await using var app = await ChatApp.StartAsync(
            services: services => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = 429;
                options.AddFixedWindowLimiter("one", limiter => (limiter.PermitLimit, limiter.Window) = (1, TimeSpan.FromHours(1)));
            }),
            convention: route => route.RequireRateLimiting("one"),
            middleware: application => application.UseRateLimiter());

        Assert.Equal(200, (await app.PostAsync("/chat", ChatApp.Question, "application/json")).Status);
        using var second = await app.SendAsync("/chat", ChatApp.Question);
        Assert.Equal(429, (int)second.StatusCode);
    }

    [Fact]
    public async Task Anonymous_callers_are_rejected_before_the_body_is_read()
    {
        await using var app = await ChatApp.StartAsync(
            services: services =>
            {
                services.AddAuthentication("AppKey").AddScheme<Docs.Code.AppKeyOptions, Docs.Code.AppKeyHandler>("AppKey", null);
                services.AddAuthorization();
            },
            convention: route => route.RequireAuthorization());

        using var response = await app.SendAsync("/chat", "{");

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Empty(app.Emulator.Requests);
    }

    [Theory, InlineData(false, 1), InlineData(true, 0)]
    public async Task A_route_without_authorization_is_a_warning_at_start(bool allowsAnonymous, int warnings)
    {
        using var log = new FakeLoggerProvider();
        await using var app = await ChatApp.StartAsync(
            services: services => services.AddSingleton<ILoggerProvider>(log),
            convention: route => _ = allowsAnonymous ? route.AllowAnonymous() : route);

        Assert.Equal(
            warnings,
            log.Collector.GetSnapshot().Count(record =>
                record.Level == LogLevel.Warning && record.Message.Contains("'/chat'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_the_credential_of_the_app_reaches_the_workspace()
    {
        await using var app = await ChatApp.StartAsync();
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", "key-of-the-client");
        app.Http.DefaultRequestHeaders.Add("X-Databricks-Org-Id", "7");

        await app.PostAsync("/chat", ChatApp.Question, "application/json");

        var request = Assert.Single(app.Emulator.Endpoint(ChatApp.Model).Requests);
        Assert.Equal($"Bearer {app.Emulator.Token}", request.Headers["Authorization"]);
        Assert.DoesNotContain("key-of-the-client", JsonNode.Parse(request.Body)!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual("7", request.Headers.GetValueOrDefault("X-Databricks-Org-Id"));
    }
}
