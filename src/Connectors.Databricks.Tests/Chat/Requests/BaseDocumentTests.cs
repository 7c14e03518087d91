using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Requests;

public class BaseDocumentTests
{
    [Fact]
    public Task A_base_document_adds_its_fields() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "service_tier": "priority", "usage_context": {"team": "search"}, "logit_bias": null
        }
        """,
        Options("""{"service_tier":"priority","usage_context":{"team":"search"},"logit_bias":null}"""));

    [Fact]
    public Task A_base_document_takes_precedence_over_the_options() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "top_p": 0.5, "temperature": 0.1, "max_tokens": null, "response_format": {"type": "text"}
        }
        """,
        Options(
            """{"temperature":0.1,"max_tokens":null,"response_format":{"type":"text"}}""",
            options =>
            {
                options.Temperature = 0.9f;
                options.TopP = 0.5f;
                options.MaxOutputTokens = 100;
                options.ResponseFormat = ChatResponseFormat.Json;
            }));

    [Theory]
    [InlineData("""["BASE"]""", """["BASE","END"]""")]
    [InlineData("\"BASE\"", """["BASE","END"]""")]
    [InlineData("[]", """["END"]""")]
    [InlineData("null", """["END"]""")]
    public Task Stop_sequences_follow_those_of_the_base_document(string given, string sent) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"stop":{{sent}}}""",
        Options($$"""{"stop":{{given}}}""", options => options.StopSequences = ["END"]));

    [Fact]
    public Task A_base_document_takes_precedence_over_additional_properties() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"user":"base"}""",
        Options("""{"user":"base"}""", options => options.AdditionalProperties = new() { ["user"] = "additional" }));

    [Theory]
    [InlineData("messages")]
    [InlineData("stream")]
    public async Task What_the_call_itself_decides_is_refused_in_a_base_document(string name) => Assert.Equal(
        $"The base document from ChatOptions.RawRepresentationFactory sets \"{name}\", which the call determines. Remove it from the " +
        "document. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentException>(Options($$"""{"{{name}}":null}"""))).Message);

    public static TheoryData<object?> OtherResults => new() { null, "text", new JsonArray(1), new ChatOptions() };

    [Theory]
    [MemberData(nameof(OtherResults))]
    public Task A_result_for_another_provider_is_ignored(object? result) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { RawRepresentationFactory = _ => result });

    [Fact]
    public async Task The_factory_is_called_once_with_the_client()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var chat = service.Chat();
        var callers = new List<IChatClient>();

        await chat.GetResponseAsync(Some.Question(), new ChatOptions
        {
            RawRepresentationFactory = client =>
            {
                callers.Add(client);
                return null;
            },
        });

        Assert.Same(chat, Assert.Single(callers));
    }

    [Fact]
    public async Task A_base_document_is_left_as_it_was()
    {
        var document = JsonNode.Parse("""{"stop":["BASE"],"tools":[{"type":"builtin"}],"user":{"id":1}}""")!;
        var before = document.ToJsonString();

        await Outgoing.Request(Some.Question(), new ChatOptions
        {
            StopSequences = ["END"],
            Tools = [ToolsToWireTests.Declaration("f")],
            RawRepresentationFactory = _ => document,
        });

        Assert.Equal(before, document.ToJsonString());
    }

    private static ChatOptions Options(string document, Action<ChatOptions>? configure = null)
    {
        var options = new ChatOptions { RawRepresentationFactory = _ => JsonNode.Parse(document) };
        configure?.Invoke(options);
        return options;
    }
}
