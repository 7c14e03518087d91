using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ModelIdTests
{
    [Fact]
    public async Task Without_a_model_id_the_clients_endpoint_is_called() => Assert.Equal(
        "https://some-workspace.cloud.databricks.com/serving-endpoints/some-endpoint/invocations",
        (await Outgoing.Request(Some.Question())).Uri.AbsoluteUri);

    [Theory]
    [InlineData("other", "other")]
    [InlineData("main.models/chat", "main.models%2Fchat")]
    [InlineData("a/../b", "a%2F..%2Fb")]
    [InlineData(@"a\b", "a%5Cb")]
    [InlineData("two words", "two%20words")]
    [InlineData("größe-模型", "gr%C3%B6%C3%9Fe-%E6%A8%A1%E5%9E%8B")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("%2E%2E", "%252E%252E")]
    [InlineData("a?b=c", "a%3Fb%3Dc")]
    [InlineData("a#b", "a%23b")]
    [InlineData("a:b@c", "a%3Ab%40c")]
    [InlineData("...", "...")]
    public async Task A_model_id_is_one_segment_of_the_path(string modelId, string segment) => Assert.Equal(
        $"https://some-workspace.cloud.databricks.com/serving-endpoints/{segment}/invocations",
        (await Outgoing.Request(Some.Question(), new ChatOptions { ModelId = modelId })).Uri.AbsoluteUri);

    [Fact]
    public async Task A_model_id_is_no_field_of_the_body() => JsonText.AssertEqual(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        (await Outgoing.Request(Some.Question(), new ChatOptions { ModelId = "other" })).Body);

    [Fact]
    public async Task A_model_id_holds_for_its_call_alone()
    {
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Chat();

        await chat.GetResponseAsync(Some.Question(), new ChatOptions { ModelId = "other" });
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal(
            ["/serving-endpoints/other/invocations", "/serving-endpoints/some-endpoint/invocations"],
            service.Sent.Select(request => request.Uri.AbsolutePath));
    }

    [Theory]
    [InlineData("", "ChatOptions.ModelId is '', which is not a valid endpoint name. (Parameter 'options')")]
    [InlineData("  ", "ChatOptions.ModelId is '  ', which is not a valid endpoint name. (Parameter 'options')")]
    [InlineData(".", "ChatOptions.ModelId is '.', which is not a valid endpoint name. (Parameter 'options')")]
    [InlineData("..", "ChatOptions.ModelId is '..', which is not a valid endpoint name. (Parameter 'options')")]
    public async Task A_model_id_that_names_no_endpoint_is_refused(string modelId, string message) => Assert.Equal(
        message,
        (await Outgoing.Refusal<ArgumentException>(new ChatOptions { ModelId = modelId })).Message);
}
