namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>
/// The ids of a batch in 16 bytes each, and 8 more for the line of a checkpoint: a million ids as strings would need 100 MB. Not
/// thread-safe.
/// </summary>
internal sealed class IdTable
{
    private const int FirstCapacity = 1024;

    /// <summary>The line of an id that this run has read or sent.</summary>
    private const long Taken = -1;

    private readonly IdHash _hash = new();
    private (ulong First, ulong Second)[] _keys = new (ulong, ulong)[FirstCapacity];
    private long[]? _lines;
    private int _count;

    /// <summary>Adds the line of an id; a later line replaces an earlier one.</summary>
    public void AddLine(string id, long line)
    {
        _lines ??= new long[_keys.Length];
        var place = PlaceOf(id, out _);
        _lines[place] = line;
    }

    /// <summary>Marks an id as taken by this run, and returns the line that the checkpoint has for it.</summary>
    /// <returns>Whether the run has not taken it before.</returns>
    public bool TryTake(string id, out long? line)
    {
        var place = PlaceOf(id, out var exists);
        line = null;
        if (exists)
        {
            if (_lines is null || _lines[place] == Taken)
            {
                return false;
            }

            line = _lines[place];
        }

        if (_lines is not null)
        {
            _lines[place] = Taken;
        }

        return true;
    }

    private int PlaceOf(string id, out bool exists)
    {
        if (_count >= _keys.Length / 4 * 3)
        {
            Grow();
        }

        var key = _hash.Of(id);
        var place = Find(_keys, key);
        exists = _keys[place] == key;
        if (!exists)
        {
            _keys[place] = key;
            _count++;
        }

        return place;
    }

    private void Grow()
    {
        var (keys, lines) = (_keys, _lines);
        _keys = new (ulong, ulong)[checked(keys.Length * 2)];
        _lines = lines is null ? null : new long[_keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != default)
            {
                var place = Find(_keys, keys[i]);
                _keys[place] = keys[i];
                if (lines is not null)
                {
                    _lines![place] = lines[i];
                }
            }
        }
    }

    // Linear probing; the number of places is a power of two, and a quarter of them is free.
    private static int Find((ulong First, ulong Second)[] keys, (ulong First, ulong Second) key)
    {
        var place = (int)(key.Second & (ulong)(keys.Length - 1));
        while (keys[place] != default && keys[place] != key)
        {
            place = (place + 1) & (keys.Length - 1);
        }

        return place;
    }
}
