using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests;

public class AIExtensionsTests
{
    [Theory]
    [InlineData("n", """{"messages":[{"role":"user","content":"Hello?"}],"n":3}""")]
    [InlineData("logprobs", """{"messages":[{"role":"user","content":"Hello?"}],"logprobs":true}""")]
    [InlineData("top_logprobs", """{"messages":[{"role":"user","content":"Hello?"}],"logprobs":true,"top_logprobs":2}""")]
    [InlineData("service_tier", """{"messages":[{"role":"user","content":"Hello?"}],"service_tier":"priority"}""")]
    [InlineData("usage_context", """{"messages":[{"role":"user","content":"Hello?"}],"usage_context":{"team":"search"}}""")]
    [InlineData("custom_inputs", """{"messages":[{"role":"user","content":"Hello?"}],"custom_inputs":{"tone":"kind"}}""")]
    [InlineData("databricks_options", """{"messages":[{"role":"user","content":"Hello?"}],"databricks_options":{"return_trace":true}}""")]
    public Task An_input_is_sent_under_its_name(string name, string request) => Exchange.Sends(
        request,
        Some.Question(),
        name switch
        {
            "n" => new ChatOptions().WithChoiceCount(3),
            "logprobs" => new ChatOptions().WithLogProbs(),
            "top_logprobs" => new ChatOptions().WithLogProbs(2),
            "service_tier" => new ChatOptions().WithServiceTier("priority"),
            "usage_context" => new ChatOptions().WithUsageContext(new Dictionary<string, string> { ["team"] = "search" }),
            "custom_inputs" => new ChatOptions().WithCustomInputs(new JsonObject { ["tone"] = "kind" }),
            _ => new ChatOptions().WithAgentTrace(),
        });

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, false, false)]
    [InlineData(null, true, true)]
    public async Task A_tool_takes_precedence_over_the_options_in_strict_mode(bool? ofOptions, bool? ofTool, bool isStrict)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var tool = AIFunctionFactory.Create((string city) => city, "weather");
        var options = new ChatOptions { Tools = [ofTool is { } own ? tool.WithStrictSchema(own) : tool] };
        options = ofOptions is { } all ? options.WithStrictSchema(all) : options;

        await service.Chat().GetResponseAsync(Some.Question(), options);

        var function = JsonNode.Parse(service.Sent[0].Body)!["tools"]![0]!["function"]!;
        Assert.Equal((isStrict, false), (function["strict"] is not null, tool.AdditionalProperties.ContainsKey("strict")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_shaping_is_set_for_one_call(bool isShaped)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var chat = service.Client(options => options.Chat.ShapeRequests = !isShaped).GetChatClient("databricks-gpt-5-2");

        await chat.GetResponseAsync(Some.Question(), new ChatOptions { Temperature = 1 }.WithRequestShaping(isShaped));

        Assert.Equal(isShaped, !service.Sent[0].Body.Contains("temperature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_has_its_detail_level()
    {
        var image = new UriContent("https://example.com/a.png", "image/png");

        Assert.Same(image, image.WithImageDetail("low"));
        await Exchange.Sends(
            """
            {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}
            """,
            [new ChatMessage(ChatRole.User, [image])]);
    }

    [Fact]
    public async Task An_instruction_for_embeddings_takes_precedence_over_that_of_the_generator()
    {
        var service = new VerbatimService().Answers("""{"data":[{"index":0,"embedding":[1]}]}""");
        var generator = service.Client().GetEmbeddingGenerator("e", new DatabricksEmbeddingOptions { Instruction = "Index." });

        await generator.GenerateAsync(["a"], new EmbeddingGenerationOptions().WithInstruction("Search."));

        JsonText.AssertEqual("""{"instruction":"Search.","input":["a"]}""", service.Sent[0].Body);
    }

    [Fact]
    public void Options_are_modified_and_returned()
    {
        var (chat, embedding) = (new ChatOptions(), new EmbeddingGenerationOptions());

        Assert.Same(
            chat,
            chat.WithStrictSchema().WithRequestShaping(true).WithChoiceCount(1).WithLogProbs().WithServiceTier("a").WithAgentTrace());
        Assert.Same(embedding, embedding.WithInstruction(""));
    }

    [Fact]
    public void Nonsense_is_rejected()
    {
        var options = new ChatOptions();

        Assert.Throws<ArgumentOutOfRangeException>("count", () => options.WithChoiceCount(0));
        Assert.Throws<ArgumentOutOfRangeException>("topCount", () => options.WithLogProbs(-1));
        Assert.Throws<ArgumentException>("tier", () => options.WithServiceTier(" "));
        Assert.Throws<ArgumentNullException>("tags", () => options.WithUsageContext(null!));
        Assert.Throws<ArgumentNullException>("inputs", () => options.WithCustomInputs(null!));
        Assert.Throws<ArgumentException>("detail", () => new TextContent("a").WithImageDetail(""));
        Assert.Throws<ArgumentNullException>("content", () => ((DataContent)null!).WithImageDetail("low"));
        Assert.Throws<ArgumentNullException>("options", () => ((ChatOptions)null!).WithStrictSchema());
        Assert.Throws<ArgumentNullException>("function", () => ((AIFunction)null!).WithStrictSchema());
        Assert.Throws<ArgumentNullException>("options", () => ((EmbeddingGenerationOptions)null!).WithInstruction("a"));
        Assert.Throws<ArgumentNullException>("instruction", () => new EmbeddingGenerationOptions().WithInstruction(null!));
        Assert.Null(options.AdditionalProperties);
    }
}
