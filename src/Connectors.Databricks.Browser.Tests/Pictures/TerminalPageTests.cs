namespace Connectors.Databricks.Browser.Tests.Pictures;

public class TerminalPageTests
{
    [Theory]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("<b> & \e[2mdim\e[0m", "&lt;b&gt; &amp; <span class=\"dim\">dim</span>")]
    [InlineData("\e[1mone\e[2mtwo", "<span class=\"bold\">one</span><span class=\"dim\">two</span>")]
    [InlineData("\e[?1h\e=\e[?25la\e[32mb", "ab")]
    public void Output_becomes_html(string output, string expected) => Assert.Equal(expected, TerminalPage.Html(output));
}
