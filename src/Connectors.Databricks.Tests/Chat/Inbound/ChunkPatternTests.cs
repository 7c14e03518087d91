using System.Text;
using Connectors.Databricks.Chat.Inbound;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Inbound;

/// <summary>Chunks that are alike are compared instead of read; what a pattern says of a chunk is what reading it would say.</summary>
public class ChunkPatternTests
{
    private const string Llama =
        """{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""";

    [Fact]
    public void A_text_and_the_counts_may_differ()
    {
        var taken = Read(Llama, Llama.Replace("\"Hi\"", "\" über 東京\"").Replace(":1,", ":22,").Replace(":15}", ":36}"));

        Assert.Equal((ChunkFit.Fits, " über 東京"), (taken.Fit, Assert.IsType<TextContent>(Assert.Single(taken.Contents)).Text));
        Assert.Equal((14, 22, 36), (taken.Usage[UsageCount.Prompt], taken.Usage[UsageCount.Completion], taken.Usage[UsageCount.Total]));
    }

    [Fact]
    public void Id_and_time_are_those_of_the_stream_and_the_rest_is_what_all_say()
    {
        const string Sample =
            """{"id":"c1","created":1790000001,"model":"gpt","service_tier":"default","system_fingerprint":"fp","choices":[{"delta":{"role":"tool","content":"a"}}]}""";

        var update = Read(Sample, Sample.Replace("c1", "chatcmpl-22").Replace("1790000001", "1790000002")).Update;

        Assert.Equal(
            ("chatcmpl-22", DateTimeOffset.FromUnixTimeSeconds(1790000002), "gpt", ChatRole.Tool),
            (update.ResponseId, update.CreatedAt, update.ModelId, update.Role));
    }

    [Fact]
    public void The_first_id_and_time_hold()
    {
        var (facts, choices) = NewStream();
        var pattern = Pattern(Llama)!;
        pattern.Read(Encoding.UTF8.GetBytes(Llama.Replace("\"c1\"", "\"\"").Replace("1790000001", "0")), facts, choices);
        Assert.Equal((null, null), (facts.Id, facts.CreatedAt));

        pattern.Read(Encoding.UTF8.GetBytes(Llama), facts, choices);
        pattern.Read(Encoding.UTF8.GetBytes(Llama.Replace("\"c1\"", "\"c2\"").Replace("1790000001", "1790000002")), facts, choices);

        Assert.Equal(("c1", DateTimeOffset.FromUnixTimeSeconds(1790000001)), (facts.Id, facts.CreatedAt));
    }

    [Fact]
    public void Counts_of_a_providers_own_are_taken_by_name()
    {
        const string Sample = """{"choices":[{"delta":{"content":"a"}}],"usage":{"audio":1,"prompt_tokens_details":{"audio":2,"cached_tokens":3}}}""";

        var usage = Read(Sample, Sample.Replace("\"audio\":1", "\"audio\":11").Replace("\"audio\":2", "\"audio\":22")).Usage.ToDetails()!;

        Assert.Equal((11, 22, 3), (usage.AdditionalCounts!["audio"], usage.AdditionalCounts["prompt_tokens_details.audio"], usage.CachedInputTokenCount));
    }

    [Fact]
    public void A_pattern_holds_nobodys_words()
    {
        var taken = Read(Llama.Replace("Hi", "secret").Replace("\"c1\"", "\"private\""), Llama);

        Assert.Equal((ChunkFit.Fits, "Hi", "c1"), (taken.Fit, taken.Update.Text, taken.Update.ResponseId));
        Assert.Null(Pattern(Llama.Replace("llama", new string('l', ChunkPattern.MostBytes))));
    }

    [Theory]
    [InlineData("\"finish_reason\":null", "\"finish_reason\":\"stop\"")]
    [InlineData("\"id\":\"c1\"", "\"id\":null")]
    [InlineData("\"model\":\"llama\"", "\"model\":\"mistral\"")]
    [InlineData("\"created\":1790000001", "\"created\":null")]
    [InlineData("\"index\":0", "\"index\":1")]
    [InlineData("\"logprobs\":null", "\"logprobs\":{}")]
    [InlineData("\"total_tokens\":15", "\"total_tokens\":null")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":1e400,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":1.5,")]
    [InlineData("}}", "}},{}")]
    [InlineData("}}", "}")]
    [InlineData("\"Hi\"", "\"Hi\",\"tool_calls\":[]")]
    public void Any_other_difference_makes_another_chunk(string part, string other) =>
        Assert.Equal(ChunkFit.Differs, Read(Llama, Llama.Replace(part, other)).Fit);

    [Theory]
    [InlineData("\"Hi\"", "\"H\\ni\"")]
    [InlineData("\"Hi\"", "\"Hi")]
    [InlineData("\"Hi\"", "\"H\u0001i\"")]
    [InlineData("\"Hi\"", "null")]
    [InlineData("\"c1\"", "\"c\\u0031\"")]
    [InlineData("\"created\":1790000001", "\"created\":1790000001.5")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":01,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":-1,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":1234567890123456789,")]
    public void What_a_gap_cannot_hold_is_left_to_the_reader(string part, string other) =>
        Assert.NotEqual(ChunkFit.Fits, Read(Llama, Llama.Replace(part, other)).Fit);

    [Fact]
    public void Of_a_chunk_that_does_not_fit_nothing_is_taken()
    {
        var (facts, choices) = NewStream();

        Pattern(Llama)!.Read(Encoding.UTF8.GetBytes(Llama.Replace(":1,", ":1e400,")), facts, choices);

        Assert.False(choices.Any);
        Assert.Equal((null, null, null), (facts.Id, facts.Model, facts.Usage[UsageCount.Prompt]));
    }

    [Theory]
    [InlineData("a\\nb", ChunkFit.NeedsReader)]
    [InlineData("a \\\"b\\\" c", ChunkFit.NeedsReader)]
    [InlineData("a\\\\", ChunkFit.NeedsReader)]
    [InlineData("a\\", ChunkFit.Differs)]
    public void A_text_with_an_escape_is_read_and_ends_where_it_ends(string text, object fit) =>
        Assert.Equal(fit, Read(Llama, Llama.Replace("Hi", text)).Fit);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_left_to_the_reader()
    {
        var chunk = Encoding.UTF8.GetBytes(Llama);
        chunk[Llama.IndexOf("Hi", StringComparison.Ordinal)] = 0xC3;

        Assert.Equal(ChunkFit.NeedsReader, Read(Llama, chunk).Fit);
    }

    [Fact]
    public void An_empty_text_says_nothing_and_its_counts_count()
    {
        var taken = Read(Llama, Llama.Replace("\"Hi\"", "\"\"").Replace(":1,", ":7,"));

        Assert.Equal((ChunkFit.Fits, 7L), (taken.Fit, taken.Usage[UsageCount.Completion]));
        Assert.Empty(taken.Updates);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", """{"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"a"}]}}]}""", """{"choices":[{"delta":{"content":[{"type":"text","text":"b"}]}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"a","content":""}}]}""", """{"choices":[{"delta":{"reasoning_content":"b","content":""}}]}""", "reasoning b")]
    [InlineData(
        """{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"a","signature":""}]}]}}],"usage":null}""",
        """{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"b","signature":""}]}]}}],"usage":null}""",
        "reasoning b")]
    [InlineData("""{"created":1,"choices":[{"delta":{"content":"a"}}]}""", """{"created":2,"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":"a\n"}}]}""", """{"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"content_filter_results":{"hate":[1]}}]}""", """{"choices":[{"delta":{"content":"b"},"content_filter_results":{"hate":[1]}}]}""", "text b")]
    [InlineData(
        """{"choices":[{"delta":{"content":"a"}}],"usage":{"x":[1],"prompt_tokens_details":{"cached_tokens":1,"audio":[]},"y":2}}""",
        """{"choices":[{"delta":{"content":"b"}}],"usage":{"x":[1],"prompt_tokens_details":{"cached_tokens":9,"audio":[]},"y":2}}""",
        "text b")]
    public void Chunks_of_every_dialect_make_patterns(string sample, string chunk, string expected)
    {
        var taken = Read(sample, chunk);

        Assert.Equal(ChunkFit.Fits, taken.Fit);
        Assert.Equal(expected, Assert.Single(taken.Contents) switch
        {
            TextContent text => $"text {text.Text}",
            TextReasoningContent text => $"reasoning {text.Text}",
            var other => other.ToString(),
        });
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":[{"delta":{}}]}""")]
    [InlineData("""{"choices":[{"delta":null}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":""}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":null}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":5}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":{"type":"text","text":"a"}}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":["a"]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"text":"a","type":"text"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"refusal","refusal":"a"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"a","citations":[{}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"text":"a","signature":"s"}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"text":"a","data":""}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"text":"a"},{"text":"b"}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","reasoning_content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","tool_calls":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","refusal":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","annotations":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"logprobs":{"content":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"index":1}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"message":{}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}},{"delta":{}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"choices":[]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"delta":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"type":"error"}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"error":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":5,"input_tokens":7.0}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"usage":{"audio":-7}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"delta":null}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"databricks_output":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"custom_outputs":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","id":"m"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","tool_call_id":"t"}}]}""")]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"a"}}],"id":"b"}""")]
    [InlineData("""{"created":1,"choices":[{"delta":{"content":"a"}}],"created":2}""")]
    [InlineData("""{"created":1.5,"choices":[{"delta":{"content":"a"}}]}""")]
    public void What_says_more_than_a_pattern_can_makes_none(string sample) => Assert.Null(Pattern(sample));

    private static Taken Read(string sample, string chunk) => Read(sample, Encoding.UTF8.GetBytes(chunk));

    private static Taken Read(string sample, byte[] chunk)
    {
        var (facts, choices) = NewStream();
        var fit = Pattern(sample)!.Read(chunk, facts, choices);
        var updates = new List<ChatResponseUpdate>();
        choices.TakeUpdates(updates);
        return new Taken(fit, updates, facts.Usage);
    }

    private static ChunkPattern? Pattern(string sample) => ChunkSurvey.Pattern(Encoding.UTF8.GetBytes(sample), default);

    private static (ReplyFacts Facts, ChoiceStreams Choices) NewStream()
    {
        var items = ItemBudget.ForBoundedDocument();
        var facts = new ReplyFacts(new ServingReply(new HttpResponseMessage(), new DatabricksResponseLimits()), items);
        return (facts, new ChoiceStreams(facts, new ReasoningIntake(IsHidden: false, "chat") { Items = items }));
    }

    private sealed record Taken(ChunkFit Fit, List<ChatResponseUpdate> Updates, UsageFromWire Usage)
    {
        public ChatResponseUpdate Update => Assert.Single(Updates);

        public IList<AIContent> Contents => Update.Contents;
    }
}
