using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.Tests.Routing;

public class SecretTextTests
{
    [Theory]
    [InlineData("see dapi0123456789abcdef0123456789abcdef-2.", "see ***.")]
    [InlineData("dose0123456789abcdef0123456789abcdef", "***")]
    [InlineData("Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "Authorization: Bearer ***")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln", "***")]
    [InlineData("sk-proj-0123456789abcdef0123", "***")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "***")]
    [InlineData("https://ann:hunter22@example.com/x", "https://***@example.com/x")]
    [InlineData("client_secret=hunter22 rest", "client_secret=*** rest")]
    [InlineData("socks5://ann:hunter22@proxy", "socks5://***@proxy")]
    [InlineData("sk-learn-pipeline-with-a-long-name", "sk-learn-pipeline-with-a-long-name")]
    [InlineData("A model for the churn of customers (skill: dosage, daily).", "A model for the churn of customers (skill: dosage, daily).")]
    public void What_looks_like_a_secret_is_masked(string text, string expected) => Assert.Equal(expected, SecretText.Of(text));

    [Theory]
    [InlineData("api_key", "***")]
    [InlineData("HF.Token", "***")]
    [InlineData("client-secret", "***")]
    [InlineData("tokenizer", "bpe")]
    [InlineData("max_tokens", "bpe")]
    [InlineData("team", "bpe")]
    public void The_value_of_a_tag_is_masked_if_its_key_names_a_secret(string key, string expected) =>
        Assert.Equal(expected, SecretText.OfTag(key, "bpe"));

    [Fact]
    public void A_long_text_is_cut_after_it_was_masked()
    {
        var text = SecretText.Of(new string('a', 1_990) + " dapi0123456789abcdef0123456789abcdef" + new string('z', 9_000));

        Assert.Equal(2_001, text.Length);
        Assert.DoesNotContain("dapi", text, StringComparison.Ordinal);
    }
}
