using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TextCompletions;

public class CompletionFromWireTests
{
    [Fact]
    public async Task Choices_counts_and_facts_are_read()
    {
        var completion = await Completing.Reads(
            """
            {"id":"cmpl-1","object":"text_completion","created":1790000000,"model":"mpt-7b",
             "choices":[{"index":1,"text":"second","finish_reason":"length","logprobs":{"tokens":["a"]}},
                        {"index":0,"text":" upon a time","finish_reason":"stop","logprobs":null}],
             "usage":{"prompt_tokens":2,"completion_tokens":5,"total_tokens":7}}
            """, prompts: 2);

        Assert.Equal(("cmpl-1", "mpt-7b", " upon a time"), (completion.Id, completion.ModelId, completion.Text));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), completion.CreatedAt);
        Assert.Equal([" upon a time", "second"], completion.Choices.Select(choice => choice.Text));
        Assert.Equal([ChatFinishReason.Stop, ChatFinishReason.Length], completion.Choices.Select(choice => choice.FinishReason!.Value));
        Assert.Equal([null, """{"tokens":["a"]}"""], completion.Choices.Select(choice => choice.LogProbs?.GetRawText()));
        Assert.Equal(
            (2L, 5L, 7L), (completion.Usage!.InputTokenCount, completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount));
        Assert.Equal("cmpl-1", completion.RawResponse!.ToJsonElement().GetProperty("id").GetString());
    }

    [Fact]
    public async Task Missing_facts_stay_missing()
    {
        var completion = await Completing.Reads("""{"choices":[{"text":"x","finish_reason":""}]}""");

        Assert.Equal((null, null, null, null), (completion.Id, completion.ModelId, completion.CreatedAt, completion.Usage));
        var choice = completion.Choices[0];
        Assert.Equal((0, "x", null, null), (choice.Index, choice.Text, choice.FinishReason, choice.LogProbs));
    }

    [Theory]
    [InlineData("""{"choices":[]}""", "a response without choices")]
    [InlineData("""{"object":"list"}""", "a response without choices")]
    [InlineData("""{"choices":[{"index":0,"text":"x"}]}""", "1 choices instead of 2")]
    [InlineData("""{"choices":[{"index":0,"text":"x"},{"index":0,"text":"y"}]}""", "2 choices instead of 2")]
    public async Task Choices_that_are_missing_or_doubled_throw(string response, string what) => Assert.Equal(
        $"Completion on endpoint 'some-endpoint' failed: {what}. Check that the endpoint's task is completions (llm/v1/completions).",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => Completing.Reads(response, prompts: 2))).Message);

    [Fact]
    public async Task A_chats_answer_says_which_call_to_use() => Assert.Equal(
        "Completion on endpoint 'some-endpoint' failed: the choices of a chat. This endpoint does not support text completions. If its " +
        "task is chat, call GetChatClient(name).GetResponseAsync; use GetEmbeddingGenerator for embeddings and PredictAsync for classic " +
        "models.",
        (await Assert.ThrowsAsync<DatabricksServingException>(
            () => Completing.Reads("""{"choices":[{"index":0,"message":{"content":"Hi."}}]}"""))).Message);

    [Theory]
    [InlineData("""{"choices":[{"text":"x"}""")]
    [InlineData("""{"choices":[{"text":"x"}]}]""")]
    [InlineData("")]
    public async Task What_is_no_JSON_throws(string response) => Assert.StartsWith(
        "Completion on endpoint 'some-endpoint' failed: a response that is not the expected JSON.",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => Completing.Reads(response))).Message);

    [Theory]
    [InlineData("json: unknown field \\\"prompt\\\"")]
    [InlineData("{\\\"message\\\":\\\"prompt: Extra inputs are not permitted\\\"}")]
    [InlineData("Invalid JSON payload received. Unknown name \\\"prompt\\\": Cannot find field.")]
    [InlineData("{\\\"error\\\":{\\\"message\\\":\\\"Unknown parameter: 'prompt'.\\\"}}")]
    [InlineData("Failed to enforce schema of the request. Model is missing inputs ['messages'].")]
    [InlineData("exactly one of the input fields {'dataframe_split', 'dataframe_records', 'instances', 'inputs'}")]
    public async Task An_endpoint_of_another_task_says_which_call_to_use(string words)
    {
        var service = new VerbatimService().Answers($$"""{"error_code":"BAD_REQUEST","message":"{{words}}"}""", HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Client().CompleteAsync("some-endpoint", "Once"));

        Assert.EndsWith(
            "This endpoint does not support text completions. If its task is chat, call " +
            "GetChatClient(name).GetResponseAsync; use GetEmbeddingGenerator for embeddings and PredictAsync for classic models.",
            exception.Message);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_gets_the_usual_advice()
    {
        var service = new VerbatimService().Answers(
            """{"error_code":"BAD_REQUEST","message":"prompt: 5000 tokens exceed the limit"}""", HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Client().CompleteAsync("some-endpoint", "Once"));

        Assert.EndsWith("If the message names a parameter, this model does not accept it: leave that option unset.", exception.Message);
    }
}
