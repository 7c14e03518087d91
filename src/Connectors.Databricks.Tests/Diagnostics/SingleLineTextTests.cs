using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>Untrusted text as a person sees it.</summary>
public class SingleLineTextTests
{
    [Theory]
    [InlineData("churn-v1", "churn-v1")]
    [InlineData("größe 模型 😀", "größe 模型 😀")]
    [InlineData("a\r\nb\tc\0", @"a\u000D\u000Ab\u0009c\u0000")]
    [InlineData("\u202Egnp.exe\u2066\u200B\u00AD\uFEFF", @"\u202Egnp.exe\u2066\u200B\u00AD\uFEFF")]
    [InlineData("a\u2028b\u2029c\u00A0d\u3000e", @"a\u2028b\u2029c\u00A0d\u3000e")]
    [InlineData("\u3164\u115F\u2800\uFE0F\u034F", @"\u3164\u115F\u2800\uFE0F\u034F")]
    [InlineData("\U000E0041\U000F0000", @"\U000E0041\U000F0000")]
    [InlineData("\u001B[2J", @"\u001B[2J")]
    public void Every_hidden_character_is_escaped_and_every_visible_one_kept(string text, string shown)
    {
        Assert.Equal(shown, SingleLineText.Of(text, 1_000));
        Assert.Equal(shown == text, SingleLineText.IsVisible(text));
        Assert.True(SingleLineText.IsVisible(shown));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() => Assert.Equal("a\uFFFDb", SingleLineText.Of("a\uD800b", 10));

    [Fact]
    public void A_quoted_text_cannot_close_its_quotes() =>
        Assert.Equal(@"'x\'. Approved: \'y\\'", SingleLineText.Quote(@"x'. Approved: 'y\", 100));

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        Assert.Equal("'ab…' (4 characters)", SingleLineText.Quote("ab😀", 3));
        Assert.Equal("'ab😀'", SingleLineText.Quote("ab😀", 4));
        Assert.Equal(@"\u000A…", SingleLineText.Of(new string('\n', 100_000), 11));
    }

    [Fact]
    public void Nothing_is_an_empty_text() => Assert.Equal("", SingleLineText.Of(null, 10));
}
