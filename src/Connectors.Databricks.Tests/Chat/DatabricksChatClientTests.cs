using System.ComponentModel;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

public class DatabricksChatClientTests
{
    [Fact]
    public void Metadata_names_provider_workspace_and_endpoint()
    {
        var metadata = Assert.IsType<ChatClientMetadata>(new VerbatimService().Chat().GetService(typeof(ChatClientMetadata)));

        Assert.Equal(
            ("databricks", Some.Host, VerbatimService.EndpointName),
            (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
    }

    [Fact]
    public void A_service_is_found_by_its_type()
    {
        var serving = new VerbatimService().Client();
        var chat = serving.GetChatClient("some-endpoint");

        Assert.Same(chat, chat.GetService(typeof(IChatClient)));
        Assert.Same(chat, chat.GetService(chat.GetType()));
        Assert.Same(serving, chat.GetService(typeof(DatabricksServingClient)));
        Assert.Null(chat.GetService(typeof(string)));
        Assert.Null(chat.GetService(typeof(IChatClient), "some key"));
        Assert.Throws<ArgumentNullException>("serviceType", () => chat.GetService(null!));
    }

    [Fact]
    public async Task Disposing_it_leaves_everything_usable()
    {
        var chat = new VerbatimService().Answers(Some.ChatBody).Chat();

        chat.Dispose();
        chat.Dispose();

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public void Null_messages_are_refused_at_the_call()
    {
        var chat = new VerbatimService().Chat();

        Assert.Throws<ArgumentNullException>("messages", () => { _ = chat.GetResponseAsync((IEnumerable<ChatMessage>)null!); });
        Assert.Throws<ArgumentNullException>("messages", () => chat.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!));
    }

    [Fact]
    public async Task A_canceled_token_sends_nothing()
    {
        var service = new VerbatimService();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => service.Chat().GetResponseAsync(Some.Question(), cancellationToken: cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Exchange.Collect(service.Chat(), cancellationToken: cancellation.Token));

        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task The_call_goes_to_the_invocations_path_of_the_endpoint()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Chat().GetResponseAsync(Some.Question());

        var sent = Assert.Single(service.Sent);
        Assert.Equal(("POST", $"{Some.Host}serving-endpoints/some-endpoint/invocations"), (sent.Method, sent.Uri.AbsoluteUri));
        Assert.Equal($"Bearer {Some.Token}", sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task One_client_serves_many_callers_at_once()
    {
        using var echo = new EchoService();
        var chat = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(Some.Token),
            HttpClient = new HttpClient(echo),
        }).GetChatClient("some-endpoint");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var question = $"question {i}";
            var response = i % 2 == 0
                ? await chat.GetResponseAsync(question)
                : await chat.GetStreamingResponseAsync(question).ToChatResponseAsync();
            return (Expected: question, Actual: response.Text);
        }));

        Assert.All(answers, answer => Assert.Equal(answer.Expected, answer.Actual));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_function_invoking_wrapper_runs_its_loop_over_it(bool isStream)
    {
        const string calls = """{"index":0,"id":"a","type":"function","function":{"name":"add","arguments":"{\"x\":2,\"y\":3}"}},{"index":1,"id":"b","type":"function","function":{"name":"add","arguments":"{\"x\":4,\"y\":5}"}}""";
        var service = isStream
            ? new VerbatimService()
                .Streams(Exchange.Events(
                    $$"""{"id":"r1","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{{calls}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1} }""",
                    "[DONE]"))
                .Streams(Exchange.Events("""{"id":"r2","choices":[{"index":0,"delta":{"content":"5 and 9"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":2}}""", "[DONE]"))
            : new VerbatimService()
                .Answers($$"""{"id":"r1","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{{calls}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1} }""")
                .Answers("""{"id":"r2","choices":[{"index":0,"message":{"role":"assistant","content":"5 and 9"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":2}}""");
        var agent = new FunctionLoop(service.Chat(options => options.Chat.IncludeUsageInStreams = false));
        var add = AIFunctionFactory.Create(([Description("First")] int x, int y) => x + y, "add", "Adds two numbers.");
        var options = new ChatOptions { Tools = [add], ToolMode = ChatToolMode.RequireAny };

        var response = isStream
            ? await agent.GetStreamingResponseAsync("Add 2 and 3, and 4 and 5.", options).ToChatResponseAsync()
            : await agent.GetResponseAsync("Add 2 and 3, and 4 and 5.", options);

        Assert.EndsWith("5 and 9", response.Text, StringComparison.Ordinal);
        Assert.Equal([1L + 1, 2 + 2], agent.Usages.Select(usage => usage.TotalTokenCount!.Value));
        Assert.Null(response.ConversationId);
        using var second = JsonDocument.Parse(service.Sent[1].Body);
        JsonText.AssertEqual(
            """
            [{"role":"user","content":"Add 2 and 3, and 4 and 5."},
             {"role":"assistant","content":null,"tool_calls":[
               {"id":"a","type":"function","function":{"name":"add","arguments":"{\"x\":2,\"y\":3}"}},
               {"id":"b","type":"function","function":{"name":"add","arguments":"{\"x\":4,\"y\":5}"}}]},
             {"role":"tool","tool_call_id":"a","content":"5"},
             {"role":"tool","tool_call_id":"b","content":"9"}]
            """,
            second.RootElement.GetProperty("messages").GetRawText());
        Assert.False(second.RootElement.TryGetProperty("tool_choice", out _));
    }

    /// <summary>Answers each question with itself, as a body or as a stream of one delta per word.</summary>
    private sealed class EchoService : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var text = body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
            await Task.Yield();
            if (!body.RootElement.TryGetProperty("stream", out _))
            {
                return new HttpResponseMessage { Content = new StringContent($$"""{"choices":[{"message":{"content":"{{text}}"} }]}""") };
            }

            var events = text.Split(' ').Select(
                (word, i) => $$"""{"choices":[{"delta":{"content":"{{(i == 0 ? word : " " + word)}}"} }]}""");
            return new HttpResponseMessage
            {
                Content = new StringContent(Exchange.Events([.. events, "[DONE]"]), System.Text.Encoding.UTF8, "text/event-stream"),
            };
        }
    }

    /// <summary>The least of a function-invoking client: it calls what the model asks for until no call is left.</summary>
    private sealed class FunctionLoop(IChatClient inner) : DelegatingChatClient(inner)
    {
        public List<UsageDetails> Usages { get; } = [];

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var conversation = messages.ToList();
            while (true)
            {
                var response = await base.GetResponseAsync(conversation, options, cancellationToken);
                Usages.Add(response.Usage!);
                conversation.AddMessages(response);
                if (!await Invoke(response, conversation, options!))
                {
                    return response;
                }

                options = AfterFirstRound(options!);
            }
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var conversation = messages.ToList();
            var goesOn = true;
            while (goesOn)
            {
                var updates = new List<ChatResponseUpdate>();
                await foreach (var update in base.GetStreamingResponseAsync(conversation, options, cancellationToken))
                {
                    updates.Add(update);
                    yield return update;
                }

                var response = updates.ToChatResponse();
                Usages.Add(response.Usage!);
                conversation.AddMessages(response);
                goesOn = await Invoke(response, conversation, options!);
                options = AfterFirstRound(options!);
            }
        }

        private static ChatOptions AfterFirstRound(ChatOptions options)
        {
            options = options.Clone();
            options.ToolMode = null;
            return options;
        }

        private static async Task<bool> Invoke(ChatResponse response, List<ChatMessage> conversation, ChatOptions options)
        {
            var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()
                .Where(call => !call.InformationalOnly).ToList();
            var results = new List<AIContent>();
            foreach (var call in calls)
            {
                var function = options.Tools!.OfType<AIFunction>().Single(tool => tool.Name == call.Name);
                results.Add(new FunctionResultContent(call.CallId, await function.InvokeAsync(new AIFunctionArguments(call.Arguments))));
            }

            if (calls.Count > 0)
            {
                conversation.Add(new ChatMessage(ChatRole.Tool, results));
            }

            return calls.Count > 0;
        }
    }
}
