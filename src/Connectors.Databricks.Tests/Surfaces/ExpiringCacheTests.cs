using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Surfaces;

public class ExpiringCacheTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void An_entry_expires()
    {
        var cache = new ExpiringCache<string>(_clock);
        cache.Add("a", "1", TimeSpan.FromMinutes(1));

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1", cache.Find("a"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find("a"));
        Assert.Null(cache.Find("A"));
    }

    [Fact]
    public void The_entry_that_expires_first_makes_room()
    {
        var cache = new ExpiringCache<string>(_clock);
        for (var i = 0; i < ExpiringCache<string>.Capacity; i++)
        {
            cache.Add($"{i}", "1", TimeSpan.FromMinutes(i == 7 ? 1 : 60));
        }

        cache.Add("8", "2", TimeSpan.FromMinutes(60));
        Assert.NotNull(cache.Find("7"));
        cache.Add("new", "1", TimeSpan.FromMinutes(60));

        Assert.Equal((null, "1", "2"), (cache.Find("7"), cache.Find("new"), cache.Find("8")));
    }

    [Fact]
    public void An_entry_is_removed_on_a_condition()
    {
        var cache = new ExpiringCache<string>(_clock);
        cache.Add("a", "1", TimeSpan.FromMinutes(1));

        cache.Remove("a", value => value == "2");
        cache.Remove("b", _ => true);
        Assert.Equal("1", cache.Find("a"));
        cache.Remove("a", value => value == "1");
        Assert.Null(cache.Find("a"));

        cache.Add("a", "1", TimeSpan.FromMinutes(1));
        cache.Clear();
        Assert.Null(cache.Find("a"));
    }
}
