using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Chat;

/// <summary>Chat completions that deviate as published, on the wire.</summary>
public class ChatDeviationTests
{
    private const string Ask = """{"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Stream = """{"messages":[{"role":"user","content":"Hello"}],"stream":true}""";

    [Theory]
    [InlineData(Ask)]
    [InlineData(Stream)]
    public async Task Usage_can_lack_its_total(string request)
    {
        string answer = await ReadAsync("databricks-claude-sonnet-4-5", ChatDeviation.UsageWithoutTotal, request);

        Assert.Contains("\"prompt_tokens\":1", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("total_tokens", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delta_can_be_a_signature_alone()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Deviates(ChatDeviation.SignatureWithoutText)
            .Replies("Hi", reasoning: "Well", signature: "SIG");

        Assert.Contains(
            "\"summary\":[{\"type\":\"summary_text\",\"signature\":\"SIG\"}]",
            await wire.ReadAsync("databricks-claude-sonnet-4-5", Stream),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deltas_of_gpt_oss_can_lack_their_role() => Assert.DoesNotContain(
        "\"role\"", await ReadAsync("databricks-gpt-oss-120b", ChatDeviation.DeltasWithoutRole, Stream), StringComparison.Ordinal);

    [Theory]
    [InlineData(ChatDeviation.NullDelta, "\"index\":0,\"delta\":null,\"finish_reason\":null")]
    [InlineData(ChatDeviation.MissingDelta, "\"index\":0,\"finish_reason\":null")]
    public async Task A_chunk_can_have_no_delta(ChatDeviation deviation, string expected)
    {
        string answer = await ReadAsync("databricks-meta-llama-3-3-70b-instruct", deviation, Stream);

        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"stop\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_usage_can_be_a_chunk_without_choices()
    {
        string answer = await ReadAsync("databricks-meta-llama-3-3-70b-instruct", ChatDeviation.UsageWithoutChoices, Stream);

        string last = answer.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^2];
        Assert.DoesNotContain("choices", last, StringComparison.Ordinal);
        Assert.Contains("\"usage\":{", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChatDeviation.RepeatedToolCallIds, "\"id\":\"call_repeated\"", Ask)]
    [InlineData(ChatDeviation.RepeatedToolCallIds, "\"id\":\"call_repeated\"", Stream)]
    [InlineData(ChatDeviation.EmptyToolCallIds, "\"id\":\"\"", Ask)]
    [InlineData(ChatDeviation.EmptyToolCallIds, "\"id\":\"\"", Stream)]
    public async Task Ids_of_calls_can_be_useless(ChatDeviation deviation, string id, string request)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").Deviates(deviation).CallsTools(("a", "{}"), ("b", "{}"));

        Assert.Equal(2, (await wire.ReadAsync("databricks-gpt-5-2", request)).Split(id).Length - 1);
    }

    private static async Task<string> ReadAsync(string endpoint, ChatDeviation deviation, string request)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(endpoint).Deviates(deviation).Replies("Hi.");
        return await wire.ReadAsync(endpoint, request);
    }
}
