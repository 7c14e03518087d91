using System.Text;
using System.Text.RegularExpressions;
using Connectors.Databricks.Hosting;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The JSON configuration that pages show binds: an unknown key or a malformed value would throw.</summary>
public partial class ConfigurationPageTests
{
    public static TheoryData<string, int> Configurations
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var page in MarkdownFile.All)
            {
                foreach (var index in Enumerable.Range(0, Sections(page).Count()))
                {
                    data.Add(page.Path, index);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_configuration_of_a_page_binds(string path, int index)
    {
        var json = Sections(MarkdownFile.All.Single(page => page.Path == path)).ElementAt(index);
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var options = new DatabricksServingOptions();

        OptionsFromConfiguration.Read(configuration.GetSection("Databricks"), options);

        Assert.NotEmpty(configuration.GetSection("Databricks").GetChildren());
    }

    private static IEnumerable<string> Sections(MarkdownFile page) =>
        Fence().Matches(page.Text).Select(match => match.Groups[1].Value)
            .Where(json => json.Contains("\"Databricks\"", StringComparison.Ordinal));

    [GeneratedRegex(@"^```json\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
