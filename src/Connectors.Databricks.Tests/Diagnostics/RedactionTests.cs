using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Tests.Diagnostics;

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
        {
            "in JSON with slashes escaped",
            Secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
        },
        { "in JSON within JSON", JavaScriptEncoder.Default.Encode(JavaScriptEncoder.Default.Encode(Secret)) },
        { "in HTML", WebUtility.HtmlEncode(Secret) },
        { "in JSON that escapes every character", EveryUnit(Secret, unit => $"\\u{(int)unit:x4}") },
        { "in JSON within JSON that escapes every character", EveryUnit(Secret, unit => $"\\\\u{(int)unit:X4}") },
        { "in an address that escapes every octet", EveryOctet(Secret, octet => $"%{octet:X2}") },
        { "in an address that escapes every octet twice", EveryOctet(Secret, octet => $"%25{octet:x2}") },
        { "in HTML that escapes every character", string.Concat(Secret.EnumerateRunes().Select(rune => $"&#x{rune.Value:X};")) },
        { "in decimal HTML that escapes every character", string.Concat(Secret.EnumerateRunes().Select(rune => $"&#{rune.Value};")) },
        { "in an address within JSON", EveryOctet(Secret, octet => $"\\u0025{octet:X2}") },
        { "in JSON within an address", Uri.EscapeDataString(EveryUnit(Secret, unit => $"\\u{(int)unit:x4}")) },
        { "in HTML within JSON", WebUtility.HtmlEncode(Secret).Replace("&", "\\u0026", StringComparison.Ordinal) },
        { "in base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=') },
        { "in base64 behind one octet", Convert.ToBase64String(Encoding.UTF8.GetBytes($"-{Secret}")).TrimEnd('=') },
        { "in base64 behind two octets", Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Secret}")).TrimEnd('=') },
        {
            "in base64 of addresses",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        },
        { "in base64 within an address", Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=')) },
        { "in base64 of an address", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.EscapeDataString(Secret))).TrimEnd('=') },
        { "in base64 of UTF-16", Convert.ToBase64String(Encoding.Unicode.GetBytes(Secret[..15])).TrimEnd('=') },
        {
            "in base64 within base64",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)))).TrimEnd('=')
        },
        { "as one line is folded", string.Join("\r\n", Secret.Chunk(5).Select(part => new string(part))) },
        { "in capital letters", Secret.ToUpperInvariant() },
        { "without its first character", Secret[1..] },
        { "without its last character", Secret[..^1] },
        { "without its ends", Secret[3..^2] },
        { "in an address without its first character", Uri.EscapeDataString(Secret[1..]) },
        { "in an error", new JsonObject { ["error"] = Secret }.ToJsonString()[10..^2] },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_struck_out_however_it_is_written(string spelling, string echo) =>
        Assert.Equal(("before *** after", spelling), (new Redaction([Secret]).Clean($"before {echo} after"), spelling));

    /// <summary>A body in UTF-16 that is read as UTF-8: a NUL next to every character.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_secret_in_UTF_16_that_was_read_as_UTF_8_is_struck_out(bool isBigEndian)
    {
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: false);

        var clean = new Redaction(["canary-secret/1"]).Redact(Encoding.UTF8.GetString(encoding.GetBytes("a canary-secret/1 b")));

        Assert.Equal("a *** b", clean.Replace("\0", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dapi0123456789abcdef0123456789abcdef")]
    [InlineData("dapi0123456789abcdef0123456789abcdef-2")]
    [InlineData("dose0123456789abcdef0123456789abcdef")]
    [InlineData("dkea0123456789abcdef0123456789abcdef")]
    [InlineData("sk-proj-0123456789abcdef0123")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.")]
    [InlineData("eyJhbGciOiJSU0EifQ.a2V5LWtleQ.aXYtaXY.dGV4dC10ZXh0.dGFnLXRhZw")]
    public void What_looks_like_a_token_is_redacted_whatever_its_owner(string token) =>
        Assert.Equal("Invalid token '***'.", new Redaction([]).Clean($"Invalid token '{token}'."));

    [Theory]
    [InlineData("Authorization: Bearer AAAAbbbb+/==cccc~dddd.1234", "Authorization: Bearer ***")]
    [InlineData("authorization: basic ZTMwMDAwMDAtMDAwMC00MDAw", "authorization: basic ***")]
    [InlineData("Only bearer authentication is supported.", "Only bearer authentication is supported.")]
    public void What_follows_the_name_of_a_scheme_is_struck_out(string text, string clean) =>
        Assert.Equal(clean, new Redaction([]).Clean(text));

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

    [Theory]
    [InlineData("to proxy 'http://user:pass@proxy:3128/' failed", "to proxy 'http://***@proxy:3128/' failed")]
    [InlineData("HTTPS://user:p%40s@s@proxy", "HTTPS://***@proxy")]
    [InlineData(@"socks5:\/\/user:pass@proxy", @"socks5:\/\/***@proxy")]
    [InlineData("see https://host/a@b and abfss://container@account/x", "see https://host/a@b and abfss://container@account/x")]
    public void The_user_and_the_password_of_an_address_are_struck_out(string text, string clean) =>
        Assert.Equal(clean, new Redaction([]).Redact(text));

    [Theory]
    [InlineData("The token canary-secr…", "The token ***…")]
    [InlineData("The token cana…", "The token ***…")]
    public void The_beginning_of_a_secret_is_struck_out_where_a_text_was_cut(string text, string clean) =>
        Assert.Equal(clean, new Redaction(["canary-secret"]).Redact(text));

    [Fact]
    public void Tokens_that_were_sent_are_remembered_and_the_oldest_are_forgotten()
    {
        var redaction = new Redaction(["permanent"]);
        redaction.Add("canary-of-before");
        Assert.Equal("*** ***", redaction.Redact("permanent canary-of-before"));

        for (var i = 0; i < 1000; i++)
        {
            redaction.Add($"#{i:0000}#{i:0000}#");
        }

        Assert.Equal("*** canary-of-before ***", redaction.Redact("permanent canary-of-before #0999#0999#"));
    }

    [Fact]
    public void The_redaction_that_all_share_learns_nothing()
    {
        Redaction.OfNone.Add("canary-secret");

        Assert.Equal("canary-secret", Redaction.OfNone.Redact("canary-secret"));
    }

    [Fact]
    public void Secrets_that_must_be_looked_up_are_looked_up_once_when_there_is_a_text()
    {
        var lookups = 0;
        var redaction = new Redaction([], more: () => [$"canary-{++lookups}"]);

        Assert.Equal((0, "***", "***", 1), (lookups, redaction.Redact("canary-1"), redaction.Redact("canary-1"), lookups));
    }

    [Fact]
    public void A_text_without_a_secret_is_the_same_object()
    {
        var text = new string('x', 100);

        Assert.Same(text, new Redaction(["canary-secret"]).Redact(text));
    }

    [Fact]
    public void Its_own_text_has_no_secret() =>
        Assert.DoesNotContain("canary", new Redaction(["canary"]).ToString(), StringComparison.Ordinal);

    private static string EveryUnit(string text, Func<char, string> write) => string.Concat(text.Select(write));

    private static string EveryOctet(string text, Func<byte, string> write) => string.Concat(Encoding.UTF8.GetBytes(text).Select(write));
}
