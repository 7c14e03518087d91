using Connectors.Databricks.Endpoints;
using Connectors.Databricks.Tests.Endpoints.Listing;

namespace Connectors.Databricks.Tests.Endpoints.Ranking;

public class EndpointRankingTests
{
    private static readonly ServingCatalogSnapshot Snapshot = new(
        [
            Foundation("databricks-claude-sonnet-4-5"),
            Foundation("databricks-gpt-5-mini"),
            Foundation("databricks-gpt-oss-120b"),
            Foundation("databricks-meta-llama-3-3-70b-instruct"),
            Foundation("databricks-gte-large-en", "llm/v1/embeddings"),
            Foundation("databricks-gemini-2-5-pro", state: "NOT_READY"),
            EntryFromEndpointTests.Read("churn-v1", null, """{"entity_name":"main.ml.churn","entity_version":"7"}""", ""","description":"Who may leave us" """),
            EntryFromEndpointTests.Read("price-model", null, """{"entity_name":"main.ml.prices","entity_version":"1"}"""),
            EntryFromEndpointTests.Read("tuned", "llm/v1/chat", """{"entity_name":"main.ml.house_style","entity_version":"1"}"""),
            EntryFromEndpointTests.Read("customer-facts", null, """{"entity_name":"main.features.customer"}"""),
        ],
        DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("embed product texts for search", "databricks-gte-large-en")]
    [InlineData("turn documents into vectors", "databricks-gte-large-en")]
    [InlineData("score customers for churn", "churn-v1")]
    [InlineData("which customers may leave", "churn-v1")]
    [InlineData("predict prices", "price-model")]
    [InlineData("look up features of a customer", "customer-facts")]
    [InlineData("a cheap model that reads screenshots", "databricks-gpt-5-mini")]
    [InlineData("read a PDF and answer questions", "databricks-claude-sonnet-4-5")]
    [InlineData("write in our house style", "tuned")]
    [InlineData("answer with our llama", "databricks-meta-llama-3-3-70b-instruct")]
    public void The_best_comes_first(string task, string best) => Assert.Equal(best, Snapshot.RankFor(task)[0].Entry.Name);

    [Fact]
    public void Who_is_known_not_to_be_able_to_is_left_out() => Assert.DoesNotContain(
        Snapshot.RankFor("describe an image"),
        recommendation => recommendation.Entry.Name is "databricks-meta-llama-3-3-70b-instruct" or "databricks-gpt-oss-120b");

    [Fact]
    public void Who_may_be_able_to_stays_with_a_caution() => Assert.Contains(
        "image-input: not known", Snapshot.RankFor("describe an image").Single(recommendation => recommendation.Entry.Name == "tuned").Cautions);

    [Fact]
    public void Who_is_not_ready_comes_later_and_says_so()
    {
        var ranked = Snapshot.RankFor("describe an image").Select(recommendation => recommendation.Entry.Name).ToList();
        var gemini = Snapshot.RankFor("describe an image").Single(recommendation => recommendation.Entry.Name == "databricks-gemini-2-5-pro");

        Assert.True(ranked.IndexOf("databricks-gemini-2-5-pro") > ranked.IndexOf("databricks-claude-sonnet-4-5"));
        Assert.Contains("not ready now", gemini.Cautions);
        Assert.Contains("known for image-input (table)", gemini.Reasons);
    }

    [Theory]
    [InlineData("summarise with 150k tokens of context", true)]
    [InlineData("summarise with 10 million tokens of context", false)]
    [InlineData("summarise 10 million books", true)]
    public void A_context_that_is_too_short_is_left_out(string task, bool isThere) => Assert.Equal(
        isThere, Snapshot.RankFor(task).Any(recommendation => recommendation.Entry.Name == "databricks-claude-sonnet-4-5"));

    [Theory]
    [InlineData("databricks-gpt-5-mini", true)]
    [InlineData("databricks-gemini-2-5-flash", true)]
    [InlineData("databricks-meta-llama-3-1-8b-instruct", true)]
    [InlineData("databricks-gemini-3-1-pro", false)]
    [InlineData("databricks-gpt-oss-120b", false)]
    public void A_model_is_small_by_a_whole_part_of_its_name(string name, bool isSmall)
    {
        var snapshot = new ServingCatalogSnapshot([Foundation(name)], DateTimeOffset.UnixEpoch);

        Assert.Equal(isSmall, snapshot.RankFor("cheap answers")[0].Reasons.Contains("a small model of its family"));
    }

    [Fact]
    public void A_retired_model_says_what_replaces_it()
    {
        var snapshot = new ServingCatalogSnapshot([Foundation("databricks-dbrx-instruct")], DateTimeOffset.UnixEpoch);

        Assert.Contains(snapshot.RankFor("chat with me")[0].Cautions, caution => caution.StartsWith("its model is retired", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_task_without_words_is_refused(string task) => Assert.Throws<ArgumentException>(nameof(task), () => Snapshot.RankFor(task));

    [Fact]
    public void Words_of_no_meaning_give_what_chats()
    {
        var ranked = Snapshot.RankFor("???");

        Assert.NotEmpty(ranked);
        Assert.All(ranked, recommendation => Assert.Equal(EndpointMode.Chat, recommendation.Entry.Mode.Value));
    }

    private static CatalogEntry Foundation(string name, string task = "llm/v1/chat", string state = "READY") => EntryFromEndpointTests.Read(
        name, task, $$$"""{"foundation_model":{"name":"{{{name.Replace("databricks-", "system.ai.", StringComparison.Ordinal)}}}"}}""", state: state);
}
