using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class SamplingToWireTests
{
    [Fact]
    public Task Without_options_only_the_messages_are_sent() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Some.Question());

    [Fact]
    public Task Empty_options_add_nothing() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Some.Question(),
        new ChatOptions());

    [Theory]
    [InlineData(0.7f, "0.7")]
    [InlineData(0f, "0")]
    [InlineData(2f, "2")]
    public Task A_temperature_is_sent_with_the_digits_that_the_caller_wrote(float temperature, string digits) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"temperature":{{digits}}}""",
        new ChatOptions { Temperature = temperature });

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    [InlineData(-0.1f, "-0.1")]
    public async Task A_temperature_that_no_model_accepts_is_refused(float temperature, string quoted) => Assert.Equal(
        $"ChatOptions.Temperature is {quoted}, which no model accepts. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(new ChatOptions { Temperature = temperature })).Message);

    [Fact]
    public Task A_limit_of_output_tokens_is_sent() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"max_tokens":512}""",
        new ChatOptions { MaxOutputTokens = 512 });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_limit_without_room_for_a_token_is_refused(int limit) => Assert.Equal(
        $"ChatOptions.MaxOutputTokens is {limit}. Use 1 or more, or leave it unset. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(new ChatOptions { MaxOutputTokens = limit })).Message);

    [Theory]
    [InlineData(0.9f, "0.9")]
    [InlineData(1f, "1")]
    public Task A_top_p_is_sent(float topP, string digits) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"top_p":{{digits}}}""",
        new ChatOptions { TopP = topP });

    [Theory]
    [InlineData(1.1f, "1.1")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(float.NaN, "NaN")]
    public async Task A_top_p_that_is_no_share_is_refused(float topP, string quoted) => Assert.Equal(
        $"ChatOptions.TopP is {quoted}, which no model accepts. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(new ChatOptions { TopP = topP })).Message);

    [Fact]
    public Task A_top_k_is_sent() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"top_k":40}""",
        new ChatOptions { TopK = 40 });

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public async Task A_top_k_that_leaves_no_token_is_refused(int topK) => Assert.Equal(
        $"ChatOptions.TopK is {topK}. Use 1 or more, or leave it unset. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(new ChatOptions { TopK = topK })).Message);

    [Fact]
    public Task Penalties_are_sent() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"frequency_penalty":-0.5,"presence_penalty":1.5}""",
        new ChatOptions { FrequencyPenalty = -0.5f, PresencePenalty = 1.5f });

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public async Task A_frequency_penalty_that_is_no_number_is_refused(float penalty, string quoted) => Assert.Equal(
        $"ChatOptions.FrequencyPenalty is {quoted}, which no model accepts. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(new ChatOptions { FrequencyPenalty = penalty })).Message);

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public async Task A_presence_penalty_that_is_no_number_is_refused(float penalty, string quoted) => Assert.Equal(
        $"ChatOptions.PresencePenalty is {quoted}, which no model accepts. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(new ChatOptions { PresencePenalty = penalty })).Message);

    [Theory]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(-1, "-1")]
    public Task A_seed_is_sent_in_all_its_digits(long seed, string digits) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"seed":{{digits}}}""",
        new ChatOptions { Seed = seed });

    [Fact]
    public Task One_stop_sequence_is_sent_as_a_list() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"stop":["\n\n"]}""",
        new ChatOptions { StopSequences = ["\n\n"] });

    [Fact]
    public Task Many_stop_sequences_are_sent_in_their_order() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"stop":["END","»","\""]}""",
        new ChatOptions { StopSequences = ["END", "»", "\""] });

    [Fact]
    public Task An_empty_list_of_stop_sequences_is_not_sent() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { StopSequences = [] });

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_empty_stop_sequence_is_refused(string? sequence) => Assert.Equal(
        "ChatOptions.StopSequences contains an empty sequence, which would stop every response immediately. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentException>(new ChatOptions { StopSequences = ["END", sequence!] })).Message);

    [Fact]
    public Task Everything_about_sampling_at_once_is_sent_once() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "temperature": 0.2, "top_p": 0.5, "top_k": 7, "max_tokens": 100,
          "frequency_penalty": 0.1, "presence_penalty": 0.3, "seed": 42, "stop": ["END"]
        }
        """,
        new ChatOptions
        {
            Temperature = 0.2f,
            TopP = 0.5f,
            TopK = 7,
            MaxOutputTokens = 100,
            FrequencyPenalty = 0.1f,
            PresencePenalty = 0.3f,
            Seed = 42,
            StopSequences = ["END"],
        });
}
