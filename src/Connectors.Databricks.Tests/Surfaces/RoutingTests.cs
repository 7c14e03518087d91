using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>Which path a name is sent to, before the workspace has refused anything.</summary>
public class RoutingTests
{
    private const string Chat = "/ai-gateway/mlflow/v1/chat/completions";

    [Fact]
    public async Task A_name_with_two_dots_goes_to_the_gateway_with_the_model_in_the_body()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient("system.ai.claude-sonnet-4-5").GetResponseAsync(Some.Question());

        Assert.Equal(Chat, service.Sent[0].Uri.AbsolutePath);
        Assert.Equal("""{"model":"system.ai.claude-sonnet-4-5","messages":[{"role":"user","content":"Hello?"}]}""", service.Sent[0].Body);
    }

    [Fact]
    public async Task A_stream_goes_there_too()
    {
        var service = new VerbatimService().Streams(Exchange.Events(
            """{"id":"m1","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""", "[DONE]"));

        var updates = await Exchange.Collect(service.Client().GetChatClient("main.prod.assistant"));

        Assert.Equal("Hi", updates.ToChatResponse().Text);
        Assert.Equal(Chat, service.Sent[0].Uri.AbsolutePath);
        Assert.Equal(
            """{"model":"main.prod.assistant","messages":[{"role":"user","content":"Hello?"}],"stream":true,"stream_options":{"include_usage":true}}""",
            service.Sent[0].Body);
    }

    [Fact]
    public async Task Embeddings_go_to_their_own_path()
    {
        var service = new VerbatimService().Answers(GatewayDouble.VectorBody);

        await service.Client().GetEmbeddingGenerator("system.ai.gte-large-en").GenerateAsync(["one"]);

        Assert.Equal("/ai-gateway/mlflow/v1/embeddings", service.Sent[0].Uri.AbsolutePath);
        Assert.Equal("""{"model":"system.ai.gte-large-en","input":["one"]}""", service.Sent[0].Body);
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("my-endpoint")]
    [InlineData("one.dot")]
    public async Task Other_names_are_serving_endpoints(string name)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient(name).GetResponseAsync(Some.Question());

        Assert.Equal($"/serving-endpoints/{name}/invocations", service.Sent[0].Uri.AbsolutePath);
        Assert.DoesNotContain("\"model\"", service.Sent[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabricksGatewayMode.Auto, "system.ai.x", "gateway")]
    [InlineData(DatabricksGatewayMode.Auto, "x", "endpoint")]
    [InlineData(DatabricksGatewayMode.Always, "system.ai.x", "gateway")]
    [InlineData(DatabricksGatewayMode.Always, "x", "gateway")]
    [InlineData(DatabricksGatewayMode.Never, "system.ai.x", "endpoint")]
    [InlineData(DatabricksGatewayMode.Never, "x", "endpoint")]
    public async Task The_option_decides(DatabricksGatewayMode mode, string name, string expected)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client(options => options.Gateway = mode).GetChatClient(name).GetResponseAsync(Some.Question());

        Assert.Equal(expected, service.Sent[0].Uri.AbsolutePath == Chat ? "gateway" : "endpoint");
    }

    [Fact]
    public void Nonsense_in_the_option_is_refused() =>
        Assert.StartsWith("Gateway is 7.", Assert.Throws<ArgumentException>(() => new VerbatimService().Client(
            options => options.Gateway = (DatabricksGatewayMode)7)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_name_of_a_call_chooses_its_own_surface()
    {
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient("my-endpoint");

        await chat.GetResponseAsync(Some.Question(), new ChatOptions { ModelId = "system.ai.x" });
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal([Chat, "/serving-endpoints/my-endpoint/invocations"], service.Sent.Select(sent => sent.Uri.AbsolutePath));
    }

    [Fact]
    public async Task A_base_document_cannot_name_another_model_on_the_gateway()
    {
        var chat = new VerbatimService().Client().GetChatClient("system.ai.x");

        var failure = await Assert.ThrowsAsync<ArgumentException>(() => chat.GetResponseAsync(
            Some.Question(), new ChatOptions { RawRepresentationFactory = _ =>
                new System.Text.Json.Nodes.JsonObject { ["model"] = "y" } }));

        Assert.Contains("sets \"model\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fallback_moves_from_the_gateway_to_an_endpoint()
    {
        var service = new VerbatimService().Answers("""{"error_code":"TEMPORARILY_UNAVAILABLE"}""",
            HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody);

        var response = await service.Client().GetFallbackChatClient(["system.ai.x", "my-endpoint"]).GetResponseAsync(Some.Question());

        Assert.Equal([Chat, "/serving-endpoints/my-endpoint/invocations"], service.Sent.Select(sent => sent.Uri.AbsolutePath));
        Assert.Equal("Hi.", response.Text);
    }
}
