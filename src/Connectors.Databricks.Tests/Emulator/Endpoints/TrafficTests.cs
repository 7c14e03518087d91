using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Tests.Emulator.Management;

namespace Connectors.Databricks.Tests.Emulator.Endpoints;

public class TrafficTests
{
    [Theory]
    [InlineData(90, 10, 0)]
    [InlineData(1, 2, 97)]
    [InlineData(34, 33, 33)]
    public void Any_hundred_requests_in_a_row_are_split_exactly(int first, int second, int third)
    {
        var split = new TrafficSplit();
        TrafficRoute[] routes = [new("first", first), new("second", second), new("third", third)];
        string[] answers = [.. Enumerable.Range(0, 300).Select(_ => split.Next(routes)!)];

        Assert.All(
            Enumerable.Range(0, 200),
            start => Assert.Equal(
                (first, second, third),
                (Count(answers, start, "first"), Count(answers, start, "second"), Count(answers, start, "third"))));
    }

    [Fact]
    public async Task An_a_b_test_shows_in_the_predictions_and_in_the_header()
    {
        await using Wire wire = await Wire.OpenAsync();
        List<string> answers = [];
        for (int request = 0; request < 10; request++)
        {
            answers.Add(await wire.AskWhoAsync("serving-endpoints/churn-ab/invocations", ManagementWire.OneRow));
        }

        Assert.Equal(
            [("challenger {\"predictions\":[0.9]}", 1), ("champion {\"predictions\":[0.8]}", 9)],
            answers.GroupBy(answer => answer).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => (same.Key, same.Count())));
    }

    [Theory]
    [InlineData("churn-ab", "challenger", ManagementWire.OneRow)]
    [InlineData("databricks-inkling", "databricks-inkling", """{"messages":[{"role":"user","content":"Hi"}]}""")]
    [InlineData("databricks-gte-large-en", "gte-large-en-v1_5-1", """{"input":"Hi"}""")]
    [InlineData("text-base", "text_base-1", """{"prompt":"Hi"}""")]
    [InlineData("customer-features", "customer_features", """{"dataframe_records":[{"customer_id":7}]}""")]
    public async Task One_served_entity_can_be_asked_past_the_split(string endpoint, string entity, string body)
    {
        await using Wire wire = await Wire.OpenAsync();

        for (int request = 0; request < 3; request++)
        {
            string answer = await wire.AskWhoAsync($"serving-endpoints/{endpoint}/served-models/{entity}/invocations", body);
            Assert.StartsWith(entity + " {", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("error_code", answer, StringComparison.Ordinal);
        }

        Assert.Equal(
            $$"""unknown {"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Served entity with name x not found in endpoint {{endpoint}}"}""",
            await wire.AskWhoAsync($"serving-endpoints/{endpoint}/served-models/x/invocations", body));
    }

    [Fact]
    public async Task A_feature_lookup_gives_the_same_features_for_the_same_key()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync("customer-features", """{"dataframe_records":[{"customer_id":7},{"customer_id":7}]}""");

        Assert.Equal(
            """200 {"outputs":[{"customer_id":7,"purchases_30d":22,"average_basket":63.2},{"customer_id":7,"purchases_30d":22,"average_basket":63.2}]}""",
            answer);
        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Each row needs the lookup key 'customer_id'."}""",
            await wire.AskAsync("customer-features", """{"dataframe_records":[{"id":7}]}"""));
    }

    private static int Count(string[] answers, int start, string name) => answers.AsSpan(start, 100).Count(name);
}
