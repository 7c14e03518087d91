using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Connectors.Databricks.Authentication;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>What is struck out of texts that others wrote.</summary>
public class RedactionTests
{
    // Everything that some encoder writes differently.
    private const string Secret = "p+a/s=s w&o<r>d'\"\\%ü€😀~!";

    public static TheoryData<string, string> Spellings => new()
    {
        { "as it is", Secret },
        { "in a form", WebUtility.UrlEncode(Secret) },
        { "in an address", Uri.EscapeDataString(Secret) },
        { "in an address, small letters", Uri.EscapeDataString(Secret).ToLowerInvariant() },
        { "in an address within an address", Uri.EscapeDataString(Uri.EscapeDataString(Secret)) },
        { "in JSON", JavaScriptEncoder.Default.Encode(Secret) },
        { "in JSON, small letters", JavaScriptEncoder.Default.Encode(Secret).Replace("\\u00FC", "\\u00fc", StringComparison.Ordinal) },
        { "in JSON of few escapes", JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Secret) },
        { "in JSON with slashes escaped", Secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) },
        { "in JSON within JSON", JavaScriptEncoder.Default.Encode(JavaScriptEncoder.Default.Encode(Secret)) },
        { "in HTML", WebUtility.HtmlEncode(Secret) },
        { "in an error", new JsonObject { ["error"] = Secret }.ToJsonString()[10..^2] },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_struck_out_however_it_is_written(string spelling, string echo) =>
        Assert.Equal(("before *** after", spelling), (new Redaction([Secret]).Clean($"before {echo} after"), spelling));

    [Theory]
    [InlineData("dapi0123456789abcdef0123456789abcdef")]
    [InlineData("dapi0123456789abcdef0123456789abcdef-2")]
    [InlineData("dose0123456789abcdef0123456789abcdef")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.")]
    [InlineData("eyJhbGciOiJSU0EifQ.a2V5LWtleQ.aXYtaXY.dGV4dC10ZXh0.dGFnLXRhZw")]
    public void What_looks_like_a_token_is_struck_out_whoever_it_belongs_to(string token) =>
        Assert.Equal("Invalid token '***'.", new Redaction([]).Clean($"Invalid token '{token}'."));

    [Theory]
    [InlineData("Authorization: Bearer AAAAbbbb+/==cccc~dddd.1234", "Authorization: Bearer ***")]
    [InlineData("authorization: basic ZTMwMDAwMDAtMDAwMC00MDAw", "authorization: basic ***")]
    [InlineData("Only bearer authentication is supported.", "Only bearer authentication is supported.")]
    public void What_follows_the_name_of_a_scheme_is_struck_out(string text, string clean) => Assert.Equal(clean, new Redaction([]).Clean(text));

    [Fact]
    public void The_longer_of_two_secrets_goes_first() =>
        Assert.Equal("*** and ***", new Redaction(["secret", "secret-longer"]).Clean("secret-longer and secret"));

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("   ")]
    public void What_is_shorter_than_four_characters_is_no_secret(string secret) =>
        Assert.Equal($"x{secret}y", new Redaction([secret]).Clean($"x{secret}y"));

    [Fact]
    public void More_secrets_can_be_added() =>
        Assert.Equal("*** ***", new Redaction(["first"]).And("second", null).Clean("first second"));

    [Fact]
    public void The_text_is_one_line_of_at_most_1024_characters()
    {
        var clean = new Redaction([]).Clean($"  one\r\n  two\n{new string('x', 2000)}");

        Assert.Equal((1024, $"one two {new string('x', 1015)}…"), (clean.Length, clean));
    }

    [Fact]
    public void Half_a_secret_does_not_survive_at_the_cut()
    {
        var clean = new Redaction(["canary-canary"]).Clean($"{new string('x', 1018)}canary-canary");

        Assert.DoesNotContain("canary", clean, StringComparison.Ordinal);
    }

    // Without a limit these take hours.
    [Theory]
    [InlineData(" ", "***")]
    [InlineData("\\", "the start")]
    [InlineData("-eyJ", "the start")]
    [InlineData("\n", "***")]
    public void A_megabyte_that_a_pattern_stumbles_over_does_not_hold_up_the_log_in(string stumblingBlock, string shown)
    {
        var text = $"the start{string.Concat(Enumerable.Repeat(stumblingBlock, 1_000_000 / stumblingBlock.Length))}the end";

        Assert.StartsWith(shown, new Redaction(["-secret", "\\secret"]).Clean(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_secret_does_not_survive_where_reading_ends()
    {
        var secret = $"canary{new string('x', 3000)}";

        Assert.Equal("***", new Redaction([secret]).Clean(string.Concat(Enumerable.Repeat($"{secret} ", 10))));
    }

    [Fact]
    public void Its_own_text_has_no_secret() => Assert.DoesNotContain("canary", new Redaction(["canary"]).ToString(), StringComparison.Ordinal);
}
