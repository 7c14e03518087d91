using System.Globalization;
using Connectors.Databricks.AspNetCore.Tests;
using Connectors.Databricks.AspNetCore.Tests.ModelHub;
using Connectors.Databricks.Browser.Tests.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests.Performance;

/// <summary>
/// The script of the hub takes at most 1.5 × that of a plain table with the same 1,000 rows. Both are measured in one run, in turns, each
/// load in a new page, in processor time, and the fastest loads are compared: other programs only make a load slower.
/// </summary>
public class ScriptTimeTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const double MaxRatio = 1.5;
    private const int Loads = 12;
    private const int Endpoints = 1_000;

    [BrowserFact]
    public async Task The_script_of_the_hub_takes_little_longer_than_that_of_a_plain_table()
    {
        await using var app = await StartAsync();
        var (hub, plain) = await MeasureAsync(app);
        var ratio = hub.Min() / plain.Min();
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{Endpoints} rows, fastest and median of {Loads} loads: hub {hub.Min():0.0} and {Median(hub):0.0} ms, " +
            $"plain table {plain.Min():0.0} and {Median(plain):0.0} ms, ratio of the fastest {ratio:0.00}");
        await File.WriteAllTextAsync(Path.Combine(Artifacts.Folder, "script-time.txt"), report + "\n");
        Assert.True(ratio <= MaxRatio, report);
    }

    private async Task<(List<double> Hub, List<double> Plain)> MeasureAsync(TestApp app)
    {
        List<double> hub = [];
        List<double> plain = [];
        for (var load = 0; load < Loads; load++)
        {
            hub.Add(await ScriptTimeAsync(new Uri(app.Address, "models"), "#endpoints .row"));
            plain.Add(await ScriptTimeAsync(new Uri(app.Address, "plain/plain.html"), "#rows tr"));
        }

        return (hub, plain);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.MapDatabricksModelHub("/models");
            app.MapGet("/plain/{file}", (RequestDelegate)(context =>
            {
                var file = (string)context.Request.RouteValues["file"]!;
                context.Response.ContentType = file.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html";
                return context.Response.SendFileAsync(Path.Combine(AppContext.BaseDirectory, "Performance", file));
            }));
        },
        services => services.RemoveAll<DatabricksServingClient>().AddSingleton(HubWorkspace.OfMany(Endpoints).Serving));

    /// <summary>Loads a page, and returns the processor time of its scripts until all rows were there, in milliseconds.</summary>
    private async Task<double> ScriptTimeAsync(Uri address, string rows)
    {
        await using var context = await fixture.Browser.NewContextAsync();
        var page = await context.NewPageAsync();

        // A first page of the site: the browser starts a process for it, which is the one that is measured.
        await page.GotoAsync(new Uri(address, "/models/assets/hub.svg").AbsoluteUri);
        var devTools = await context.NewCDPSessionAsync(page);
        var trace = await ScriptTrace.StartAsync(devTools, address.GetLeftPart(UriPartial.Authority));
        await page.GotoAsync(address.AbsoluteUri);
        await Expect(page.Locator(rows)).ToHaveCountAsync(Endpoints);
        return await trace.StopAsync();
    }
}
