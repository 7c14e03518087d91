using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

/// <summary>The token counts of serving reference §4.4.</summary>
public class UsageFromWireTests
{
    private static async Task<UsageDetails> Read(string usage) =>
        (await Exchange.Reads($$"""{"choices":[{"message":{"content":"Hi."} }],"usage":{{usage}} }""")).Usage!;

    [Fact]
    public async Task OpenAIs_details_are_inside_the_totals()
    {
        var usage = await Read(
            """
            {"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
             "prompt_tokens_details":{"cached_tokens":80,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":30}}
            """);

        Assert.Equal((100, 50, 150), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((80, 30), (usage.CachedInputTokenCount, usage.ReasoningTokenCount));
        Assert.Equal(0, usage.AdditionalCounts!["prompt_tokens_details.audio_tokens"]);
    }

    [Theory]
    [InlineData(
        """{"prompt_tokens":130,"completion_tokens":5,"total_tokens":135,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}""",
        130, 135)]
    [InlineData("""{"prompt_tokens":130,"completion_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}""", 130, 135)]
    [InlineData("""{"prompt_tokens":120,"completion_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}""", 120, 125)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cache_read_input_tokens":100,"cache_creation_input_tokens":20,"prompt_tokens_details":{"cached_tokens":100}}""", 10, 15)]
    public async Task Cached_tokens_are_part_of_the_prompt(string usage, int input, int total) => await AssertCached(usage, input, total);

    [Theory]
    [InlineData(
        """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}""",
        130, 15)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}""", 130, 135)]
    [InlineData(
        """{"prompt_tokens":500,"completion_tokens":5,"total_tokens":625,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}""",
        620, 625)]
    public async Task Cached_tokens_are_added_only_where_the_numbers_rule_out_that_the_prompt_has_them(
        string usage, int input, int total) =>
        await AssertCached(usage, input, total);

    private static async Task AssertCached(string text, int input, int total)
    {
        var usage = await Read(text);

        Assert.Equal((input, 5, total), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal(100, usage.CachedInputTokenCount);
        Assert.Equal(20, usage.AdditionalCounts!["cache_creation_input_tokens"]);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":586}""", 586, null)]
    [InlineData("""{"completion_tokens":9}""", null, 9)]
    [InlineData("""{"completion_tokens":9,"cache_read_input_tokens":100}""", null, 9)]
    public async Task No_total_is_computed_while_a_part_is_unknown(string text, int? input, int? output)
    {
        var usage = await Read(text);

        Assert.Equal((input, output, null), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task Cache_counts_of_zero_change_nothing()
    {
        var usage = await Read(
            """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}""");

        Assert.Equal((10, 5, 15, 0), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount));
    }

    [Fact]
    public async Task Reasoning_tokens_may_be_at_the_top() =>
        Assert.Equal(7, (await Read("""{"prompt_tokens":1,"completion_tokens":9,"reasoning_tokens":7}""")).ReasoningTokenCount);

    [Fact]
    public async Task A_missing_total_is_the_sum() =>
        Assert.Equal(10, (await Read("""{"prompt_tokens":1,"completion_tokens":9}""")).TotalTokenCount);

    [Fact]
    public async Task Null_counts_stay_unknown()
    {
        var usage = await Read("""{"prompt_tokens":586,"completion_tokens":null,"total_tokens":null}""");

        Assert.Equal(586, usage.InputTokenCount);
        Assert.Null(usage.OutputTokenCount);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":null}""")]
    [InlineData("""{"prompt_tokens":"many"}""")]
    public async Task A_usage_that_counts_nothing_is_none(string usage) => Assert.Null(await Read(usage));

    [Fact]
    public async Task Counts_written_as_reals_are_read() => Assert.Equal(1000, (await Read("""{"prompt_tokens":1e3}""")).InputTokenCount);

    [Fact]
    public async Task Counts_without_a_property_are_kept_by_name()
    {
        var usage = await Read(
            """{"prompt_tokens":1,"completion_tokens":1,"search_units":3,"completion_tokens_details":{"accepted_prediction_tokens":2}}""");

        Assert.Equal(3, usage.AdditionalCounts!["search_units"]);
        Assert.Equal(2, usage.AdditionalCounts["completion_tokens_details.accepted_prediction_tokens"]);
    }

    [Fact]
    public async Task Responses_names_are_understood()
    {
        var usage = await Read(
            """{"input_tokens":8,"output_tokens":20,"output_tokens_details":{"reasoning_tokens":16},"total_tokens":28}""");

        Assert.Equal((8, 20, 28, 16), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.ReasoningTokenCount));
    }
}
