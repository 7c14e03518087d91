using System.Buffers.Text;
using System.Text;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>The scopes that a JSON web token says it is for (authentication reference §6.4).</summary>
public class WebTokenTests
{
    [Theory]
    [InlineData("""{"scope":"all-apis offline_access"}""", "all-apis offline_access")]
    [InlineData("""{"scope":"  sql   all-apis "}""", "sql all-apis")]
    [InlineData("""{"scope":["all-apis","sql"]}""", "all-apis sql")]
    [InlineData("""{"scope":["all-apis",17,null]}""", "all-apis")]
    [InlineData("""{"scope":""}""", "")]
    [InlineData("""{"scope":"ünüsüal>>>???"}""", "ünüsüal>>>???")]
    public void The_claim_is_a_text_or_a_list(string claims, string scopes) =>
        Assert.Equal(scopes, string.Join(' ', WebToken.Scopes(Token(claims)) ?? ["none"]));

    [Theory]
    [InlineData("""{"sub":"someone"}""")]
    [InlineData("""{"scope":17}""")]
    [InlineData("""["scope"]""")]
    [InlineData("not JSON")]
    public void A_token_that_does_not_say_is_for_anything(string claims) => Assert.Null(WebToken.Scopes(Token(claims)));

    [Theory]
    [InlineData("dapi-some-token")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.!!!.c")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public void What_is_no_web_token_does_not_say(string token) => Assert.Null(WebToken.Scopes(token));

    [Fact]
    public void A_claim_that_is_no_text_does_not_say() => Assert.Null(WebToken.Scopes(Token("""{"scope":"\ud800"}""")));

    private static string Token(string claims) => $"header.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.signature";
}
