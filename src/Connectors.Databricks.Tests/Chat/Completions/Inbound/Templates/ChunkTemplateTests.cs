using System.Text;
using Connectors.Databricks.Chat.Completions.Inbound;
using Connectors.Databricks.Chat.Completions.Inbound.Templates;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound.Templates;

/// <summary>Chunks that match a template are read without a JSON parser, with the same result as parsing them.</summary>
public class ChunkTemplateTests
{
    private const string Llama =
        """{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""";

    [Fact]
    public void A_text_and_the_counts_may_differ()
    {
        var taken = Read(Llama, Llama.Replace("\"Hi\"", "\" über 東京\"").Replace(":1,", ":22,").Replace(":15}", ":36}"));

        Assert.Equal((MatchResult.Matched, " über 東京"), (taken.Result, Assert.IsType<TextContent>(Assert.Single(taken.Contents)).Text));
        Assert.Equal((14, 22, 36), (taken.Usage[UsageCount.Prompt], taken.Usage[UsageCount.Completion], taken.Usage[UsageCount.Total]));
    }

    [Fact]
    public void Id_and_time_come_from_the_chunk_and_the_rest_from_the_template()
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
        var template = Template(Llama)!;
        template.Read(Encoding.UTF8.GetBytes(Llama.Replace("\"c1\"", "\"\"").Replace("1790000001", "0")), facts, choices);
        Assert.Equal((null, null), (facts.Id, facts.CreatedAt));

        template.Read(Encoding.UTF8.GetBytes(Llama), facts, choices);
        template.Read(Encoding.UTF8.GetBytes(Llama.Replace("\"c1\"", "\"c2\"").Replace("1790000001", "1790000002")), facts, choices);

        Assert.Equal(("c1", DateTimeOffset.FromUnixTimeSeconds(1790000001)), (facts.Id, facts.CreatedAt));
    }

    [Fact]
    public void Provider_specific_counts_are_read_by_name()
    {
        const string Sample =
            """{"choices":[{"delta":{"content":"a"}}],"usage":{"audio":1,"prompt_tokens_details":{"audio":2,"cached_tokens":3}}}""";

        var usage = Read(Sample, Sample.Replace("\"audio\":1", "\"audio\":11").Replace("\"audio\":2", "\"audio\":22")).Usage.ToDetails()!;

        Assert.Equal(
            (11, 22, 3),
            (usage.AdditionalCounts!["audio"], usage.AdditionalCounts["prompt_tokens_details.audio"], usage.CachedInputTokenCount));
    }

    [Fact]
    public void A_template_holds_no_response_content()
    {
        var taken = Read(Llama.Replace("Hi", "secret").Replace("\"c1\"", "\"private\""), Llama);

        Assert.Equal((MatchResult.Matched, "Hi", "c1"), (taken.Result, taken.Update.Text, taken.Update.ResponseId));
        Assert.Null(Template(Llama.Replace("llama", new string('l', ChunkTemplate.MaxBytes))));
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
    public void A_chunk_with_any_other_difference_does_not_match(string part, string other) =>
        Assert.Equal(MatchResult.NoMatch, Read(Llama, Llama.Replace(part, other)).Result);

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
    public void What_a_slot_cannot_hold_is_left_to_the_parser(string part, string other) =>
        Assert.NotEqual(MatchResult.Matched, Read(Llama, Llama.Replace(part, other)).Result);

    [Fact]
    public void Nothing_is_read_from_a_chunk_that_does_not_match()
    {
        var (facts, choices) = NewStream();

        Template(Llama)!.Read(Encoding.UTF8.GetBytes(Llama.Replace(":1,", ":1e400,")), facts, choices);

        Assert.False(choices.Any);
        Assert.Equal((null, null, null), (facts.Id, facts.Model, facts.Usage[UsageCount.Prompt]));
    }

    [Theory]
    [InlineData("a\\nb", MatchResult.NeedsParser)]
    [InlineData("a \\\"b\\\" c", MatchResult.NeedsParser)]
    [InlineData("a\\\\", MatchResult.NeedsParser)]
    [InlineData("a\\", MatchResult.NoMatch)]
    public void A_text_with_an_escape_is_parsed_and_ends_at_its_quotation_mark(string text, object result) =>
        Assert.Equal(result, Read(Llama, Llama.Replace("Hi", text)).Result);

    [Fact]
    public void Invalid_UTF8_is_left_to_the_parser()
    {
        var chunk = Encoding.UTF8.GetBytes(Llama);
        chunk[Llama.IndexOf("Hi", StringComparison.Ordinal)] = 0xC3;

        Assert.Equal(MatchResult.NeedsParser, Read(Llama, chunk).Result);
    }

    [Fact]
    public void An_empty_text_yields_no_update_and_its_counts_are_read()
    {
        var taken = Read(Llama, Llama.Replace("\"Hi\"", "\"\"").Replace(":1,", ":7,"));

        Assert.Equal((MatchResult.Matched, 7L), (taken.Result, taken.Usage[UsageCount.Completion]));
        Assert.Empty(taken.Updates);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", """{"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData(
        """{"choices":[{"delta":{"content":[{"type":"text","text":"a"}]}}]}""",
        """{"choices":[{"delta":{"content":[{"type":"text","text":"b"}]}}]}""", "text b")]
    [InlineData(
        """{"choices":[{"delta":{"reasoning_content":"a","content":""}}]}""",
        """{"choices":[{"delta":{"reasoning_content":"b","content":""}}]}""", "reasoning b")]
    [InlineData(
        """{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"a","signature":""}]}]}}],"usage":null}""",
        """{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"b","signature":""}]}]}}],"usage":null}""",
        "reasoning b")]
    [InlineData(
        """{"created":1,"choices":[{"delta":{"content":"a"}}]}""", """{"created":2,"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":"a\n"}}]}""", """{"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData(
        """{"choices":[{"delta":{"content":"a"},"content_filter_results":{"hate":[1]}}]}""",
        """{"choices":[{"delta":{"content":"b"},"content_filter_results":{"hate":[1]}}]}""", "text b")]
    [InlineData(
        """{"choices":[{"delta":{"content":"a"}}],"usage":{"x":[1],"prompt_tokens_details":{"cached_tokens":1,"audio":[]},"y":2}}""",
        """{"choices":[{"delta":{"content":"b"}}],"usage":{"x":[1],"prompt_tokens_details":{"cached_tokens":9,"audio":[]},"y":2}}""",
        "text b")]
    public void Chunks_of_every_dialect_make_templates(string sample, string chunk, string expected)
    {
        var taken = Read(sample, chunk);

        Assert.Equal(MatchResult.Matched, taken.Result);
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
    public void A_chunk_with_more_than_a_template_supports_makes_none(string sample) => Assert.Null(Template(sample));

    private static Taken Read(string sample, string chunk) => Read(sample, Encoding.UTF8.GetBytes(chunk));

    private static Taken Read(string sample, byte[] chunk)
    {
        var (facts, choices) = NewStream();
        var result = Template(sample)!.Read(chunk, facts, choices);
        var updates = new List<ChatResponseUpdate>();
        choices.TakeUpdates(updates);
        return new Taken(result, updates, facts.Usage);
    }

    private static ChunkTemplate? Template(string sample) => ChunkTemplateBuilder.Build(Encoding.UTF8.GetBytes(sample), default);

    private static (ReplyFacts Facts, ChoiceStreams Choices) NewStream()
    {
        var items = ItemBudget.ForBoundedDocument();
        var facts = new ReplyFacts(new ServingReply(new HttpResponseMessage(), new DatabricksResponseLimitOptions()), items);
        return (facts, new ChoiceStreams(facts, new ReasoningContext(IsHidden: false, "chat") { Items = items }));
    }

    private sealed record Taken(MatchResult Result, List<ChatResponseUpdate> Updates, UsageFromWire Usage)
    {
        public ChatResponseUpdate Update => Assert.Single(Updates);

        public IList<AIContent> Contents => Update.Contents;
    }
}
