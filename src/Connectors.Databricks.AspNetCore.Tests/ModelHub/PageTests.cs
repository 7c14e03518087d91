using System.Text.RegularExpressions;
using Connectors.Databricks.AspNetCore.ModelHub.Page;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

public partial class PageTests
{
    public static TheoryData<string> Scripts =>
        [.. PageFiles.All.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_policy_forbids_inline_scripts_and_styles()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists());
        using var response = await app.Http.GetAsync(new Uri("/models", UriKind.Relative));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/models", "/models", "/models")]
    [InlineData("/models", "/models/", "/models")]
    [InlineData("", "/", "")]
    [InlineData("/{tenant}/models", "/a%22b/models", "/a%22b/models")]
    public async Task Files_are_found_from_every_path_of_the_page(string prefix, string path, string basePath)
    {
        await using var app = await ModelHubApp.StartAsync(prefix: prefix);
        var page = await app.TextAsync(path);

        Assert.Contains($"data-base=\"{basePath}\"", page, StringComparison.Ordinal);
        foreach (Match file in File().Matches(page))
        {
            using var response = await app.Http.GetAsync(new Uri(file.Groups["path"].Value, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, file.Value);
        }
    }

    [Fact]
    public async Task The_title_is_encoded()
    {
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Lists(), options => options.Title = "<script>alert(1)</script>");

        Assert.DoesNotContain("<script>alert", await app.TextAsync("/models"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("x%22onload%3D%22alert(1)", "auto")]
    public async Task The_theme_of_the_cookie_is_in_the_page(string cookie, string theme)
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/models", UriKind.Relative));
        request.Headers.Add("Cookie", $"model-hub-theme={cookie}");
        using var response = await app.Http.SendAsync(request);

        Assert.Contains(
            $"<html lang=\"en\" data-theme=\"{theme}\">", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_no_data_of_the_workspace()
    {
        await using var app = await ModelHubApp.StartAsync();

        Assert.DoesNotContain(app.Emulator.Host.Authority, await app.TextAsync("/models"), StringComparison.Ordinal);
        Assert.Empty(app.Emulator.Requests);
    }

    [Theory]
    [InlineData("hub.html")]
    [InlineData("..%2Fhub.js")]
    [InlineData("nothing.js")]
    public async Task Other_files_are_not_served(string file)
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists());
        using var response = await app.Http.GetAsync(new Uri($"/models/assets/{file}", UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>The second defense: the policy requires trusted types, and no script makes markup of text in the first place.</summary>
    [Theory, MemberData(nameof(Scripts))]
    public void Scripts_do_not_make_markup_or_code_of_text(string name) =>
        Assert.DoesNotMatch(Markup(), Source(name));

    private static string Source(string name) =>
        Repository.Read($"src/Connectors.Databricks.AspNetCore/ModelHub/Page/Files/{name}").Text;

    [GeneratedRegex(
        @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(""on|javascript:|\.style\b")]
    private static partial Regex Markup();

    [GeneratedRegex(@"(?:href|src)=""(?<path>/[^""]*assets/[^""]*)""")]
    private static partial Regex File();
}
