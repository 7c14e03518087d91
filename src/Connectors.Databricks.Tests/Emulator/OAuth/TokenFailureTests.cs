using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class TokenFailureTests
{
    [Theory]
    [InlineData(null, """{"error":"temporarily_unavailable"}""")]
    [InlineData("Later.", """{"error":"temporarily_unavailable","error_description":"Later."}""")]
    public async Task A_failure_asks_to_wait_in_whole_seconds(string? description, string body)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint.Fails(429, description: description, retryAfter: TimeSpan.FromSeconds(1.5));

        using HttpResponseMessage response = await wire.RequestTokenAsync();

        Assert.Equal(
            (429, "2", body),
            ((int)response.StatusCode, response.Headers.GetValues("retry-after").Single(), await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_failure_keeps_the_code_it_was_given()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint.Fails(400, "invalid_authorization_details", "No.");

        Assert.Equal(
            """400 {"error":"invalid_authorization_details","error_description":"No."}""", await wire.AskForTokenAsync());
    }

    [Fact]
    public async Task A_raw_failure_keeps_every_part()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint.FailsRaw(
            400, """{"errorCode":"invalid_client"}""", "text/json", new Dictionary<string, string> { ["x-odd"] = "1" });

        using HttpResponseMessage response = await wire.RequestTokenAsync();

        Assert.Equal(
            (400, "text/json", "1", """{"errorCode":"invalid_client"}"""),
            ((int)response.StatusCode,
                response.Content.Headers.ContentType!.ToString(),
                response.Headers.GetValues("x-odd").Single(),
                await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Answers_come_in_the_order_they_were_queued()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint.RepliesRaw("garbage").AnswersByItself().ReturnsHtmlLogin(502).DropsTheConnection();

        string garbage = await wire.AskForTokenAsync();
        string token = await wire.AskForTokenAsync();
        string page = await wire.AskForTokenAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => wire.RequestTokenAsync());

        Assert.Equal(("200 garbage", "200 {\"access_", "502 <!DOCTYPE"), (garbage, token[..13], page[..13]));
        Assert.Single(wire.Emulator.OAuth.IssuedTokens);
    }

    [Fact]
    public async Task A_token_may_come_without_its_life_or_with_a_life_of_letters()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint
            .Omits("expires_in").Sends("token_type", "bearer").AnswersByItself()
            .Sends("expires_in", "3600");

        string without = await wire.AskForTokenAsync();
        string letters = await wire.AskForTokenAsync();

        IReadOnlyList<string> tokens = wire.Emulator.OAuth.IssuedTokens;
        Wire.SameJson(
            $$"""{"access_token":"{{tokens[0]}}","scope":"all-apis","token_type":"bearer"}""", without["200 ".Length..]);
        Wire.SameJson(
            $$"""{"access_token":"{{tokens[1]}}","scope":"all-apis","token_type":"Bearer","expires_in":"3600"}""",
            letters["200 ".Length..]);
    }

    [Fact]
    public async Task Asking_twice_for_the_same_change_means_two_answers()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint.Sends("expires_in", 1).Sends("expires_in", 2);

        long?[] lives = [await LifeAsync(wire), await LifeAsync(wire), await LifeAsync(wire)];

        Assert.Equal([1, 2, 3600], lives);
    }

    [Fact]
    public async Task A_late_answer_waits_for_the_emulators_clock()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.TokenEndpoint.DelaysTheHeadersBy(TimeSpan.FromDays(1));

        Task<string> asking = wire.AskForTokenAsync();
        RecordedRequest request = await wire.Emulator.OAuth.TokenEndpoint.WaitForRequestAsync();
        await wire.Emulator.OAuth.TokenEndpoint.WaitForPauseAsync();
        bool wasEarly = asking.IsCompleted;
        wire.Clock.Advance(TimeSpan.FromDays(1));

        Assert.StartsWith("200 ", await asking, StringComparison.Ordinal);
        Assert.Equal((false, "client_credentials"), (wasEarly, request.Form!["grant_type"]));
    }

    private static async Task<long?> LifeAsync(Wire wire)
    {
        string answer = await wire.AskForTokenAsync();
        return JsonNode.Parse(answer["200 ".Length..])!["expires_in"]!.GetValue<long>();
    }
}
