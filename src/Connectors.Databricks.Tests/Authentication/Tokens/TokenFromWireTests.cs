using System.Text;
using System.Text.Json;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>Token answers in every spelling that services have for them (authentication reference §6, §6.3).</summary>
public class TokenFromWireTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"access_token":"t","token_type":"Bearer","expires_in":3600}""")]
    [InlineData("""{"access_token":"t","token_type":"bearer","expires_in":3600}""")]
    [InlineData("""{"access_token":"t","token_type":"BEARER","expires_in":3600}""")]
    [InlineData("""{"access_token":"t","token_type":"","expires_in":3600}""")]
    [InlineData("""{"access_token":"t","token_type":null,"expires_in":3600}""")]
    [InlineData("""{"access_token":"t","expires_in":3600}""")]
    public void Any_spelling_of_bearer_and_none_at_all_is_a_bearer_token(string answer) =>
        Assert.Equal(new DatabricksAccessToken("t", Now.AddHours(1)), OAuth(answer));

    [Theory]
    [InlineData("mac")]
    [InlineData("pop")]
    public void A_token_of_another_type_is_refused(string type) => Assert.Equal(
        $"Asking: the response has a token of type '{type}'; only bearer tokens can be used.",
        Refusal($$"""{"access_token":"t","token_type":"{{type}}","expires_in":3600}"""));

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer a-token")]
    public void A_type_that_may_hold_a_token_is_not_quoted(string type) => Assert.Equal(
        "Asking: the response has a token of type that is no word; only bearer tokens can be used.",
        Refusal($$"""{"access_token":"t","token_type":"{{type}}","expires_in":3600}"""));

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("\"3599\"", 3599)]
    [InlineData("3599.9", 3599)]
    [InlineData("\"3599.9\"", 3599)]
    [InlineData("3.6e3", 3600)]
    [InlineData("1", 1)]
    public void The_life_of_a_token_is_a_number_of_seconds_or_a_text_of_one(string expiresIn, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), OAuth($$"""{"access_token":"t","expires_in":{{expiresIn}}}""").ExpiresOn);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"soon\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("9e99")]
    [InlineData("2147483647000")]
    public void A_life_that_is_no_sensible_number_counts_as_five_minutes(string expiresIn) =>
        Assert.Equal(Now.AddMinutes(5), OAuth($$"""{"access_token":"t","expires_in":{{expiresIn}}}""").ExpiresOn);

    [Fact]
    public void A_life_that_is_not_told_counts_as_five_minutes() =>
        Assert.Equal(Now.AddMinutes(5), OAuth("""{"access_token":"t"}""").ExpiresOn);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"-3600\"")]
    [InlineData("-922337203686")]
    public void A_life_of_nothing_or_less_neither_throws_nor_asks_for_a_token_at_every_call(string expiresIn) =>
        Assert.Equal(Now.AddMinutes(5), OAuth($$"""{"access_token":"t","expires_in":{{expiresIn}}}""").ExpiresOn);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":null}""")]
    [InlineData("""{"access_token":17}""")]
    [InlineData("""{"Access_Token":"t"}""")]
    public void An_answer_without_a_token_is_refused(string answer) =>
        Assert.Equal("Asking: the response has no 'access_token'.", Refusal(answer));

    [Theory]
    [InlineData("a b")]
    [InlineData("a\\n")]
    [InlineData("ä")]
    public void A_token_that_no_header_can_carry_is_refused_and_not_quoted(string token) => Assert.Equal(
        "Asking: 'access_token' of the response has characters that no token has.",
        Refusal($$"""{"access_token":"{{token}}"}"""));

    [Theory]
    [InlineData("1790859600")]
    [InlineData("\"1790859600\"")]
    [InlineData("1790859600.7")]
    public void The_moment_of_expiry_is_a_number_of_seconds_since_1970_or_a_text_of_one(string expiresOn) => Assert.Equal(
        new DatabricksAccessToken("t", Now.AddHours(1)),
        TokenFromWire.WithExpiry(Json($$"""{"access_token":"t","token_type":"bearer","expires_on":{{expiresOn}}}"""), "Asking"));

    [Theory]
    [InlineData("""{"access_token":"t"}""")]
    [InlineData("""{"access_token":"t","expires_on":"2026-10-01T13:00:00Z"}""")]
    [InlineData("""{"access_token":"t","expires_on":-1}""")]
    [InlineData("""{"access_token":"t","expires_on":253402300800}""")]
    [InlineData("""{"access_token":"t","expires_on":null}""")]
    public void A_moment_of_expiry_that_cannot_be_read_is_refused(string answer) => Assert.Equal(
        "Asking: the response has no 'expires_on' that is a number of seconds since 1970.",
        Assert.Throws<TokenCallException>(() => TokenFromWire.WithExpiry(Json(answer), "Asking")).Message);

    [Fact]
    public void Half_a_surrogate_pair_for_a_token_is_no_token() =>
        Assert.Equal("Asking: the response has no 'access_token'.", Refusal("""{"access_token":"\ud800"}"""));

    [Fact]
    public void Bytes_that_are_no_text_for_a_token_are_no_token()
    {
        using var document = JsonDocument.Parse(Encoding.Latin1.GetBytes("""{"access_token":"ä"}"""));

        Assert.Null(TokenFromWire.Text(document.RootElement, "access_token"));
    }

    private static DatabricksAccessToken OAuth(string answer) => TokenFromWire.OAuth(Json(answer), Now, "Asking");

    private static string Refusal(string answer) => Assert.Throws<TokenCallException>(() => OAuth(answer)).Message;

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
